#include "driver/site.h"

#include <algorithm>
#include <set>

#include "base/page_phrases.h"
#include "document/page.h"
#include "document/words.h"
#include "driver/confirmations.h"
#include "driver/documents.h"
#include "query/due.h"
#include "query/graph.h"
#include "target/dingtalk/work_order.h"

namespace farol::driver {
namespace {

using base::Phrase;
using document::Document;
using document::Line;
using document::Look;
using document::Mark;
using document::Words;

constexpr std::size_t max_roles = 12;
constexpr std::string_view matrix_page = "matrix.html", workbook = "matrix.xlsx";

class SiteMaker {
 public:
  SiteMaker(const Compilation& compilation, base::Language language, const dingtalk::Ledger& ledger)
      : compilation_(compilation),
        model_(compilation.model),
        ledger_(ledger),
        language_(language),
        words_(compilation.model, language) {}

  Site run() {
    query_due();
    count();
    Site site;
    const auto add = [&](std::string_view name, std::string content) {
      site.files.push_back({std::string(name), std::move(content)});
    };
    add("index.html", document::render_html(front_page()));
    MatrixOptions matrix;
    matrix.language = language_;
    matrix.format = MatrixFormat::html;
    add(matrix_page, render_matrix(compilation_, matrix));
    query::GraphOptions graph;
    graph.language = language_;
    add("roles.html",
        query::graph_page(query::build_graph(model_, compilation_.answers, graph), model_, compilation_.decisions,
                          compilation_.answers, language_, "./" + std::string(matrix_page)));
    add("checklist.html", admin_documents(compilation_, language_, ledger_).checklist_html);
    add("due.html", query::due_page(due_, model_, compilation_.sources, period_));
    add("inventory.html", render_report(compilation_, "inventory", {&ledger_}, language_, true).text);
    matrix.format = MatrixFormat::xlsx;
    if (document::renders_workbooks()) add(workbook, render_matrix(compilation_, matrix));
    site.entry = std::move(entry_);
    return site;
  }

 private:
  void query_due() {
    const base::Date as_of = compilation_.decisions.as_of;
    period_ = {language_, as_of, base::add(as_of, {1, base::Duration::Unit::years})};
    steps_ = signed_steps(compilation_, ledger_, language_, false);
    due_ = query::find_due(model_, compilation_.sources, as_of, period_.last, steps_);
  }

  void count() {
    entry_.title = words_.name_of_policy();
    entry_.warnings = compilation_.sink.count(diag::Severity::warning);
    entry_.overdue = static_cast<std::size_t>(
        std::count_if(due_.begin(), due_.end(), [](const query::Item& item) { return item.overdue; }));
    // As the checklist counts them: what is done in one go and signed once.
    const auto tasks = dingtalk::tasks_of(model_, compilation_.config);
    const auto is_open = [&](const dingtalk::Step* step) {
      const auto status = ledger_.status_of(step->id, step->target, compilation_.decisions.as_of);
      return status.standing != dingtalk::Standing::current;
    };
    entry_.steps = tasks.size();
    entry_.open = static_cast<std::size_t>(std::count_if(tasks.begin(), tasks.end(), [&](const dingtalk::Task& task) {
      return std::any_of(task.steps.begin(), task.steps.end(), is_open);
    }));
  }

  [[nodiscard]] Document front_page() const {
    Document page;
    page.language = language_;
    page.title = words_(base::pages::site_title, {words_.name_of_policy()});
    page.frame = document::frame_of(model_, language_, compilation_.decisions.as_of);
    page.lead = {page.frame.date, words_(base::pages::site_intro)};
    page.add_section(words_.text(base::pages::site_pages)).add(pages());
    page.add_section(words_.text(base::pages::site_short)).add(in_short());
    if (!model_.tiers.front().name.empty()) page.add_section(words_.text(base::pages::page_ladder)).add(ladder());
    return page;
  }

  [[nodiscard]] document::Table pages() const {
    constexpr struct {
      std::string_view file;
      Phrase title, text;
    } all[] = {{matrix_page, base::pages::site_matrix, base::pages::site_matrix_text},
               {"roles.html", base::pages::site_graph, base::pages::site_graph_text},
               {"checklist.html", Phrase::checklist, base::pages::site_checklist_text},
               {"due.html", base::pages::site_due, base::pages::site_due_text},
               {"inventory.html", base::pages::site_inventory, base::pages::site_inventory_text},
               {workbook, base::pages::site_workbook, base::pages::site_workbook_text}};
    document::Table table{{words_.text(base::pages::site_page), words_.text(base::pages::site_shows)}, {}};
    for (const auto& page : all) {
      if (page.file == workbook && !document::renders_workbooks()) continue;
      table.rows.push_back(
          {Line().add(words_.text(page.title), Look::strong, "./" + std::string(page.file)), words_.text(page.text)});
    }
    return table;
  }

  [[nodiscard]] document::List in_short() const {
    std::set<model::FeatureId> decided;
    compilation_.answers.for_each([&](model::RoleId, const decide::Answer& answer) {
      if (answer.effect != decide::Effect::none) decided.insert(answer.feature);
    });
    const auto classes = std::count_if(model_.objects.begin(), model_.objects.end(),
                                       [](const model::Object& object) { return object.kind == model::ActsOn::data; });
    const auto text = [](auto number) { return std::to_string(number); };
    document::List list;
    const auto add = [&](Mark mark, std::string line) { list.items.push_back({Line(mark, line)}); };
    const bool is_set_up = entry_.open == 0, is_late = entry_.overdue > 0;
    add(is_set_up ? Mark::done : Mark::open,
        words_(base::pages::site_steps, {text(entry_.steps), text(entry_.steps - entry_.open)}));
    add(is_late ? Mark::attention : Mark::done,
        words_(base::pages::site_overdue, {text(entry_.overdue), text(due_.size() - entry_.overdue)}));
    add(entry_.warnings > 0 ? Mark::attention : Mark::done,
        words_(base::pages::site_findings, {text(entry_.warnings)}));
    add(Mark::unmarked, words_(base::pages::site_roles, {text(model_.roles.size())}));
    add(Mark::unmarked, words_(base::pages::site_features, {text(decided.size())}));
    add(Mark::unmarked, words_(base::pages::site_classes, {text(classes)}));
    return list;
  }

  // The highest tier first, with whoever is allowed something on it.
  [[nodiscard]] document::Table ladder() const {
    std::vector<std::set<model::RoleId>> reach(model_.tiers.size());
    compilation_.answers.for_each([&](model::RoleId role, const decide::Answer& answer) {
      if (answer.effect != decide::Effect::allow) return;
      for (const model::ObjectId object : answer.objects) {
        const model::TierId tier = model_[object].tier;
        if (!tier.is_none()) reach[tier.index()].insert(role);
      }
    });
    document::Table table{{words_.text(Phrase::page_tier), words_.text(Phrase::role)}, {}};
    for (std::size_t i = reach.size(); i-- > 0;) {
      std::vector<std::string> names;
      for (const model::RoleId role : reach[i]) names.push_back(words_.name_of(role));
      table.rows.push_back({words_.title(model_.tiers[i]),
                            names.empty() ? words_(base::pages::site_nobody) : words_.list(names, max_roles)});
    }
    return table;
  }

  const Compilation& compilation_;
  const model::Model& model_;
  const dingtalk::Ledger& ledger_;
  base::Language language_;
  Words words_;
  query::RenderOptions period_{};
  std::vector<dingtalk::SignedStep> steps_{};
  std::vector<query::Item> due_{};
  SiteEntry entry_{};
};

}  // namespace

Site site_of(const Compilation& compilation, base::Language language, const dingtalk::Ledger& ledger) {
  return SiteMaker{compilation, language, ledger}.run();
}

std::string site_index(const std::vector<SiteEntry>& entries, base::Language language) {
  const auto text = [&](Phrase phrase) { return std::string(base::text(phrase, language)); };
  Document page;
  page.language = language;
  page.title = base::fill(base::pages::site_clients, language, {std::to_string(entries.size())});
  document::Table table;
  table.counts = true;
  for (const Phrase head : {Phrase::policy, base::pages::site_column_overdue, base::pages::site_column_findings,
                            base::pages::site_column_steps, base::pages::site_column_open})
    table.head.emplace_back(text(head));
  for (const SiteEntry& entry : entries) {
    table.rows.push_back({Line().add(entry.title, Look::plain, "./" + entry.folder + "/index.html"),
                          Line(entry.overdue > 0 ? Mark::attention : Mark::unmarked, std::to_string(entry.overdue)),
                          std::to_string(entry.warnings), std::to_string(entry.steps), std::to_string(entry.open)});
  }
  page.add_section().add(std::move(table));
  return document::render_html(page);
}

}  // namespace farol::driver
