// The words of the workbench, in the languages of Farol. What the program says of a policy comes from the program.
export const languages = { en: "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文", pt: "Português" };

const words = {
  title: ["Farol workbench", "Farol 工作台", "Farol 工作台", "Bancada do Farol"],
  policy: ["Policy", "政策", "策略", "Política"],
  file: ["File", "檔案", "文件", "Ficheiro"],
  language: ["Language", "語言", "语言", "Língua"],
  start: ["Start from…", "由此開始…", "由此开始…", "Começar por…"],
  first: ["A first policy", "第一份政策", "第一份策略", "Uma primeira política"],
  clinic: ["Clinic", "診所", "诊所", "Clínica"],
  construction: ["Construction company", "建築公司", "建筑公司", "Empresa de construção"],
  bank: ["Bank", "銀行", "银行", "Banco"],
  shop: ["Shop", "商店", "商店", "Loja"],
  library: ["Shared library", "共用程式庫", "共用库", "Biblioteca partilhada"],
  open_files: ["Open files", "開啟檔案", "打开文件", "Abrir ficheiros"],
  open_folder: ["Open folder", "開啟資料夾", "打开文件夹", "Abrir pasta"],
  save: ["Save", "儲存", "保存", "Guardar"],
  layout: ["Lay out", "整理版面", "整理排版", "Dispor o texto"],
  editor: ["Text of the policy", "政策文字", "策略文本", "Texto da política"],
  findings: ["Findings", "檢查結果", "检查结果", "Constatações"],
  none: ["Nothing is wrong.", "沒有問題。", "没有问题。", "Nada está errado."],
  wait: ["Reading…", "讀取中…", "读取中…", "A ler…"],
  views: ["Views", "檢視", "视图", "Vistas"],
  matrix: ["Matrix", "矩陣", "矩阵", "Matriz"],
  changes: ["Changes", "變更", "变更", "Alterações"],
  checklist: ["Checklist", "核對清單", "核对清单", "Lista de verificação"],
  papers: ["Papers", "文件", "文件", "Documentos"],
  paper: ["Paper", "文件", "文件", "Documento"],
  save_page: ["Save this page", "儲存此頁", "保存此页", "Guardar esta página"],
  not_saved: ["Not saved", "未儲存", "未保存", "Não guardado"],
  saved: ["Saved", "已儲存", "已保存", "Guardado"],
  no_policy: ["No .farol file was found there.", "該處沒有 .farol 檔案。", "该处没有 .farol 文件。", "Não há ficheiros .farol ali."],
  leave: ["What has changed is not saved. Go on all the same?", "更改尚未儲存。仍要繼續？", "更改尚未保存。仍要继续？", "As alterações não foram guardadas. Continuar assim mesmo?"],
  broken: ["With errors in the policy there is no new page; this is the last one.", "政策有錯誤時不會產生新頁面；此為上一版本。",
    "策略有错误时不会生成新页面；此为上一版本。", "Com erros na política não há página nova; esta é a última."],
  nothing_yet: ["With errors in the policy there is no page.", "政策有錯誤，未能產生頁面。", "策略有错误，无法生成页面。", "Com erros na política não há página."],
  error: ["error", "錯誤", "错误", "erro"],
  warning: ["warning", "警告", "警告", "aviso"],
  note: ["note", "提示", "提示", "nota"],
  before: ["before", "先前", "先前", "antes"],
  now: ["now", "現在", "现在", "agora"],
  tests: ["tests that hold", "通過的測試", "通过的测试", "testes que passam"],
  why: ["What does this mean?", "這是甚麼意思？", "这是什么意思？", "O que significa?"],
  close: ["Close", "關閉", "关闭", "Fechar"],
  here: ["Nothing leaves this page.", "資料不會離開本頁。", "数据不会离开本页。", "Nada sai desta página."],
};

export const say = (language, name) => words[name][Object.keys(languages).indexOf(language)];

// The language of Farol that is nearest to those of the browser.
export function nearest(wanted) {
  for (const each of wanted.map((name) => name.toLowerCase())) {
    if (/^zh-(tw|hk|mo|hant)/.test(each)) return "zh-Hant";
    if (each.startsWith("zh")) return "zh-Hans";
    if (each.startsWith("pt")) return "pt";
    if (each.startsWith("en")) return "en";
  }
  return "en";
}
