#include "syntax/foreign_words.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace farol::syntax {
namespace {

struct ForeignWords {
  Kind meant;
  std::vector<std::string_view> words;
};

// Each word stands once, so that there is no choice.
const std::vector<ForeignWords>& statement_words() {
  static const std::vector<ForeignWords> words = {
      {Kind::allow, {"permit", "grant", "允許", "允许", "准許", "准许", "可以", "permitir", "permite", "autorizar"}},
      {Kind::deny, {"refuse", "block", "disallow", "拒絕", "拒绝", "不允許", "不允许", "negar", "nega", "recusar"}},
      {Kind::forbid, {"prohibit", "ban", "禁止", "嚴禁", "严禁", "proibir", "proibe", "interditar"}},
      {Kind::only, {"只有", "只允許", "只允许", "僅限", "仅限", "apenas", "somente", "so"}},
      {Kind::never, {"永不", "絕不", "绝不", "從不", "从不", "nunca"}},
      {Kind::always, {"總是", "总是", "始終", "始终", "sempre"}},
      {Kind::require, {"要求", "必須", "必须", "exigir", "exige"}},
      {Kind::separate, {"分離", "分离", "分開", "分开", "separar"}},
      {Kind::policy, {"政策", "策略", "politica"}},
      {Kind::use, {"使用", "usar", "usa"}},
      {Kind::include, {"import", "包含", "引入", "incluir", "inclui"}},
      {Kind::tiers, {"levels", "級別", "级别", "等級", "等级", "密級", "密级", "niveis", "nivel"}},
      {Kind::data, {"資料", "資料類別", "数据", "數據", "dados"}},
      {Kind::store, {"儲存", "存储", "儲存處", "armazenamento"}},
      {Kind::app, {"應用", "应用", "aplicacao"}},
      {Kind::group, {"群組", "群组", "群", "grupo"}},
      {Kind::place, {"地點", "地点", "local"}},
      {Kind::department, {"部門", "部门", "departamento"}},
      {Kind::role, {"角色", "職位", "职位", "funcao", "papel", "perfil", "cargo"}},
      {Kind::feature, {"功能", "funcionalidade"}},
      {Kind::context, {"情境", "上下文", "contexto"}},
      {Kind::control, {"控制", "保護措施", "controlo", "controle"}},
      {Kind::condition, {"條件", "条件", "condicao"}},
      {Kind::bind, {"綁定", "绑定", "ligar"}},
      {Kind::test, {"測試", "测试", "teste"}},
      {Kind::waive, {"豁免", "dispensar", "dispensa"}},
      {Kind::check, {"檢查", "检查", "verificar"}},
      {Kind::drop, {"移除", "刪除", "删除", "retirar"}}};
  return words;
}

const std::vector<ForeignWords>& inner_words() {
  static const std::vector<ForeignWords> words = {
      {Kind::inherits, {"extends", "inherit", "inheriting", "繼承", "继承", "herda", "herda de"}},
      {Kind::to, {"can", "may", "去", "做", "於", "于", "para", "pode"}},
      {Kind::on, {"of", "關於", "关于", "對於", "对于", "sobre", "em"}},
      {Kind::when, {"if", "where", "當", "当", "如果", "若", "quando", "se"}},
      {Kind::requiring, {"with", "requires", "needs", "needing", "須有", "须有", "需要", "要求", "com", "exigindo"}},
      {Kind::from, {"since", "由", "自", "desde", "a partir de"}},
      {Kind::until, {"直到", "至", "止", "ate"}},
      {Kind::because, {"reason", "due", "因為", "因为", "原因", "理由", "porque", "motivo"}},
      {Kind::everyone,
       {"everybody", "anybody", "所有人", "每個人", "每个人", "大家", "全體", "全体", "todos", "toda a gente"}},
      {Kind::everything, {"一切", "tudo"}},
      {Kind::all, {"any", "anything", "全部", "所有", "todas"}},
      {Kind::except, {"but", "without", "除了", "除", "除外", "exceto", "excepto", "salvo", "menos"}},
      {Kind::is, {"in", "equals", "are", "是", "為", "为"}},
      {Kind::not_, {"不", "不是", "nao"}},
      {Kind::and_, {"而且", "並且", "并且", "和", "及"}},
      {Kind::or_, {"或", "或者", "ou"}},
      {Kind::for_, {"為了", "为了", "por"}},
      {Kind::below, {"以下", "abaixo"}},
      {Kind::above, {"以上", "acima"}},
      {Kind::expect, {"預期", "预期", "期望", "esperar", "espera"}}};
  return words;
}

std::map<std::string, Kind, std::less<>> table_of(const std::vector<ForeignWords>& words) {
  std::map<std::string, Kind, std::less<>> table;
  for (const ForeignWords& each : words) {
    for (const std::string_view word : each.words) table.emplace(base::fold_loosely(word), each.meant);
  }
  return table;
}

}  // namespace

std::optional<Kind> find_foreign_keyword(std::string_view word, bool statement) {
  static const auto statements = table_of(statement_words()), inner = table_of(inner_words());
  const auto& table = statement ? statements : inner;
  const auto found = table.find(base::fold_loosely(word));
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace farol::syntax
