// The heads of a table: which row has them, and what each says about its column.
#include <algorithm>
#include <map>
#include <set>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "diag/messages_target.h"
#include "target/dingtalk/import_shapes.h"

namespace farol::dingtalk {
namespace {

struct HeadWords {
  HeadWord word;
  std::vector<std::string_view> heads;
};

const std::vector<HeadWords>& head_words() {
  static const std::vector<HeadWords> words = {
      {HeadWord::role,
       {"role",       "roles", "role name", "rolename",   "user role", "user type", "usertype", "user",    "users",
        "user group", "group", "team",      "position",   "job title", "job role",  "profile",  "subject", "principal",
        "grantee",    "who",   "actor",     "persona",    "角色",      "角色名称",  "角色名稱", "岗位",    "崗位",
        "职位",       "職位",  "职务",      "職務",       "用户",      "用戶",      "人员",     "人員",    "funcao",
        "perfil",     "cargo", "papel",     "utilizador", "grupo",     "equipa",    "rolle",    "benutzer"}},
      {HeadWord::action, {"action",    "actions",   "permission", "permissions",   "permission name",
                          "feature",   "features",  "function",   "functionality", "operation",
                          "privilege", "right",     "rights",     "entitlement",   "access right",
                          "activity",  "task",      "capability", "what",          "ability",
                          "duty",      "权限",      "權限",       "功能",          "操作",
                          "动作",      "動作",      "权限点",     "權限點",        "权限名称",
                          "權限名稱",  "功能点",    "职责",       "職責",          "acao",
                          "accao",     "permissao", "permissoes", "operacao",      "funcionalidade",
                          "direito",   "tarefa",    "atividade",  "aktion",        "berechtigung",
                          "recht",     "funktion",  "aufgabe"}},
      {HeadWord::resource,
       {"resource",       "resources", "object",  "module", "modules", "entity",  "area",      "system",
        "application",    "category",  "section", "screen", "page",    "menu",    "domain",    "component",
        "资源",           "資源",      "模块",    "模塊",   "模組",    "对象",    "對象",      "系统",
        "系統",           "应用",      "應用",    "分类",   "分類",    "类别",    "類別",      "页面",
        "頁面",           "菜单",      "recurso", "modulo", "objeto",  "sistema", "aplicacao", "categoria",
        "area funcional", "modul",     "bereich"}},
      {HeadWord::effect,
       {"effect",   "allow",     "allowed",    "allow?",     "allowed?",   "access",    "granted",    "granted?",
        "grant",    "decision",  "permitted",  "permitted?", "is allowed", "result",    "access?",    "enabled",
        "enabled?", "active",    "status",     "yes/no",     "y/n",        "启用",      "啟用",       "ativo",
        "estado",   "是否允许",  "是否允許",   "允许",       "允許",       "是否可以",  "是否有权限", "是否有權限",
        "是否",     "效果",      "结果",       "結果",       "efeito",     "permitido", "permitido?", "acesso",
        "decisao",  "resultado", "autorizado", "erlaubt"}},
      {HeadWord::remark,
       {"note",
        "notes",
        "remark",
        "remarks",
        "comment",
        "comments",
        "description",
        "reason",
        "justification",
        "rationale",
        "explanation",
        "details",
        "why",
        "business justification",
        "备注",
        "備註",
        "注释",
        "說明",
        "说明",
        "描述",
        "理由",
        "原因",
        "nota",
        "notas",
        "observacao",
        "observacoes",
        "descricao",
        "comentario",
        "comentarios",
        "motivo",
        "razao",
        "justificacao",
        "bemerkung",
        "beschreibung",
        "begrundung",
        "risk",
        "risk description",
        "risiko",
        "风险",
        "風險",
        "风险描述",
        "risco"}},
      {HeadWord::number,
       {"#", "no", "no.", "nr", "nr.", "id", "number", "n.o", "n.", "nº", "n.º", "序号", "序號", "编号", "編號", "号",
        "號"}}};
  return words;
}

bool is_integer(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t filled(const base::CsvRow& row) {
  return static_cast<std::size_t>(
      std::count_if(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return !cell.empty(); }));
}

// The beginnings of words for what people do, and for who they are, as far as they tell the two apart.
constexpr std::string_view doings[] = {
    "view",     "read",    "see",       "create",   "add",        "new",      "edit",      "write",    "change",
    "modify",   "update",  "delete",    "remove",   "export",     "import",   "approve",   "review",   "send",
    "publish",  "upload",  "download",  "print",    "share",      "manage",   "record",    "sign",     "pay",
    "post",     "submit",  "open",      "close",    "查看",       "查询",     "查詢",      "浏览",     "瀏覽",
    "新增",     "新建",    "添加",      "创建",     "創建",       "建立",     "编辑",      "編輯",     "修改",
    "更改",     "删除",    "刪除",      "导出",     "匯出",       "導出",     "导入",      "匯入",     "導入",
    "审批",     "審批",    "审核",      "審核",     "提交",       "发布",     "發布",      "上传",     "上傳",
    "下载",     "下載",    "打印",      "列印",     "录制",       "錄製",     "分享",      "管理",     "ver",
    "ler",      "criar",   "adicionar", "editar",   "alterar",    "escrever", "apagar",    "eliminar", "exportar",
    "importar", "aprovar", "enviar",    "publicar", "imprimir",   "gravar",   "partilhar", "gerir",    "assinar",
    "pagar",    "ansehen", "lesen",     "anlegen",  "bearbeiten", "loschen",  "freigeben"};
constexpr std::string_view doers[] = {
    "admin",    "manager", "user",       "staff",     "employee",     "owner",    "guest",      "viewer",
    "editor",   "auditor", "supervisor", "hr",        "director",     "clerk",    "cashier",    "operator",
    "member",   "visitor", "author",     "customer",  "everyone",     "public",   "管理员",     "管理員",
    "员工",     "員工",    "职员",       "職員",      "经理",         "經理",     "主管",       "老板",
    "老闆",     "店主",    "店员",       "店員",      "访客",         "訪客",     "财务",       "財務",
    "人事",     "审计",    "審計",       "会计",      "會計",         "出纳",     "出納",       "前台",
    "游客",     "用户",    "用戶",       "gestor",    "gerente",      "operador", "utilizador", "funcionario",
    "director", "dono",    "convidado",  "visitante", "contabilista", "auditor",  "chefe"};

bool begins_with_any(std::string_view text, std::span<const std::string_view> words) {
  const std::string folded = base::fold_loosely(text);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    if (!folded.starts_with(word)) return false;
    // A word of letters ends there, but for an ending: `reads`, `managers`.
    constexpr std::size_t longest_ending = 2;
    const std::size_t end = std::min(folded.find_first_of(" _-/:.,", word.size()), folded.size());
    return static_cast<unsigned char>(word.front()) >= 0x80 || end - word.size() <= longest_ending;
  });
}

bool says_something(const std::string& cell) { return stands_for_answer(cell); }

// Whether a row says yes or no. `Allowed` does not where another cell says `Role`: it heads the column of answers.
bool has_answers(const std::vector<std::string>& cells) {
  const auto answers = std::count_if(cells.begin() + 1, cells.end(), says_something);
  const auto heads = std::count_if(cells.begin() + 1, cells.end(), [](const std::string& cell) {
    return says_something(cell) && word_of_head(cell) == HeadWord::effect;
  });
  const bool names_roles = std::any_of(cells.begin(), cells.end(),
                                       [](const std::string& cell) { return word_of_head(cell) == HeadWord::role; });
  return answers > 0 && !(answers == 1 && heads == 1 && names_roles);
}

}  // namespace

HeadWord word_of_head(std::string_view head) {
  static const auto words = [] {
    std::map<std::string, HeadWord, std::less<>> all;
    for (const HeadWords& each : head_words()) {
      for (const std::string_view word : each.heads) all.emplace(base::fold_loosely(word), each.word);
    }
    return all;
  }();
  std::string key = base::fold_loosely(head);
  std::replace_if(
      key.begin(), key.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
  const auto found = words.find(key);
  return found == words.end() ? HeadWord::other : found->second;
}

bool is_doing(std::string_view text) { return begins_with_any(text, doings); }
bool is_doer(std::string_view text) { return begins_with_any(text, doers); }

bool may_be_person(std::string_view head) {
  constexpr std::string_view words[] = {"user", "users", "who",        "用户",    "用戶",
                                        "人员", "人員",  "utilizador", "benutzer"};
  const std::string folded = base::fold_loosely(head);
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return word == folded; });
}

std::optional<std::size_t> head_of(const Grid& grid) {
  constexpr std::size_t looked_at = 15;
  std::size_t most = 0;
  for (const base::CsvRow& row : grid.rows) most = std::max(most, filled(row));
  // The head may lack a word: over the names, or over a column of remarks.
  for (std::size_t missing = 0; missing + 2 <= most; ++missing) {
    for (std::size_t r = 0; r + 1 < grid.rows.size() && r < looked_at; ++r) {
      const auto& cells = grid.rows[r].cells;
      const std::size_t words = filled(grid.rows[r]) + (cells.front().empty() ? 1U : 0U);
      if (words + missing >= most && !has_answers(cells)) return r;
    }
  }
  return std::nullopt;
}

void ask_about_rows_above(const Grid& grid, std::size_t head, TableContent& content) {
  for (std::size_t r = 0; r < head; ++r) {
    if (filled(grid.rows[r]) > 1)
      content.ask(message::import_above(std::to_string(grid.rows[r].number),
                                        fmt::format("{}", fmt::join(grid.rows[r].cells, ", "))));
  }
}

bool has_mark(const Grid& grid, std::size_t head, std::size_t column) {
  for (std::size_t r = head + 1; r < grid.rows.size(); ++r) {
    if (says_something(grid.at(r, column))) return true;
  }
  return false;
}

bool is_numbering(const Grid& grid, std::size_t head, std::size_t column) {
  if (word_of_head(grid.at(head, column)) == HeadWord::number) return true;
  return column == 0 && std::all_of(grid.rows.begin() + static_cast<std::ptrdiff_t>(head) + 1, grid.rows.end(),
                                    [](const base::CsvRow& row) { return is_integer(row.cells.front()); });
}

bool is_level(std::string_view cell) { return is_integer(cell) && cell != "0" && cell != "1"; }

}  // namespace farol::dingtalk
