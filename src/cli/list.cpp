#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "base/version.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/question.h"
#include "diag/diagnostic.h"
#include "diag/messages_cli.h"
#include "diag/render.h"
#include "document/document.h"
#include "document/words.h"
#include "driver/documents.h"
#include "driver/libraries.h"
#include "library/library.h"
#include "sema/schemas.h"
#include "target/dingtalk/document_lines.h"

namespace farol::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Columns that line up, Chinese ones too; no headings, so that lines can be searched and cut.
std::string in_columns(Rows rows) {
  std::vector<std::size_t> widths;
  for (auto& row : rows) {
    for (std::string& cell : row) cell = base::one_line(cell);
  }
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], base::display_width(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += row[i] + std::string(widths[i] - base::display_width(row[i]) + 2, ' ');
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

// The title, unless it says no more than the name.
std::string title(const model::Declared& declared, std::string_view language) {
  const std::string& label = declared.label(language);
  return label == declared.name ? "" : label;
}

std::string roles_in_words(const model::Model& model, const std::vector<model::RoleId>& roles) {
  std::string text;
  for (const model::RoleId role : roles) text += (text.empty() ? "inherits " : ", ") + model[role].name;
  return text;
}

Rows rows_of_policy(const Context& context, const model::Model& model, std::string_view kind) {
  const std::string_view language = base::tag(context.settings.language);
  Rows rows;
  if (kind == "features") {
    for (const model::Feature& feature : model.features)
      rows.push_back({feature.name,
                      feature.acts_on == model::ActsOn::nothing ? "" : "on " + std::string(to_string(feature.acts_on)),
                      title(feature, language)});
  } else if (kind == "roles") {
    for (const model::Role& role : model.roles)
      rows.push_back({role.name, title(role, language), roles_in_words(model, role.inherits)});
  } else if (kind == "data") {
    for (const model::Object& object : model.objects) {
      if (object.kind == model::ActsOn::data && !object.other)
        rows.push_back({object.name, model[object.tier].name, title(object, language)});
    }
  } else if (kind == "contexts") {
    for (const model::Context& each : model.contexts) {
      std::string values;
      for (const std::string& value : each.values) values += (values.empty() ? "" : " | ") + value;
      rows.push_back({each.name, values, title(each, language)});
    }
  } else if (kind == "apps" || kind == "groups" || kind == "places" || kind == "departments") {
    for (const model::Object& object : model.objects) {
      if (!object.other && std::string(to_string(object.kind)) + "s" == kind)
        rows.push_back({object.name, title(object, language)});
    }
  } else if (kind == "rules") {
    for (const model::Rule& rule : model.rules) rows.push_back({rule.text});
  } else if (kind == "labels") {
    for (const model::Rule& rule : model.rules) rows.push_back({rule.label, rule.text});
    for (const model::Guardrail& guardrail : model.guardrails) rows.push_back({guardrail.label, guardrail.text});
    for (const model::Separation& separation : model.separations) rows.push_back({separation.label, separation.text});
    std::erase_if(rows, [](const auto& row) { return row.front().empty(); });
  } else if (kind == "tests") {
    for (const model::Test& test : model.tests)
      rows.push_back(
          {test.name, said(context, message::counted_expectations(test.expectations.size() + test.findings.size()))});
  } else {
    for (const model::Control& control : model.controls) rows.push_back({control.name, title(control, language)});
  }
  return rows;
}

// The words of closed lists that attributes take: `data  ground  consent`.
Rows rows_of_values(base::Language language) {
  Rows rows;
  const auto add = [&](const sema::BlockSchema& schema) {
    for (const sema::AttributeSchema& attribute : schema.attributes) {
      for (const std::string_view word : attribute.words) {
        const std::string title = document::word(word, language);
        rows.push_back(
            {std::string(schema.kind), std::string(attribute.key), std::string(word), title == word ? "" : title});
      }
    }
  };
  for (const std::string_view kind :
       {"policy", "data", "store", "app", "group", "place", "department", "role", "feature", "control"})
    add(sema::schema_of(kind));
  for (const sema::BlockSchema& schema : sema::fact_schemas()) add(schema);
  return rows;
}

constexpr std::array<std::string_view, 3> severities = {"error", "warning", "note"};

// One line for each pack: its version and how many checks it has.
std::string packs(Context& context) {
  const driver::Compilation all = driver::compile_libraries(context.settings.as_of, true);
  Rows rows;
  for (const model::UsedLibrary& library : all.model.libraries) {
    if (!library.pack) continue;
    std::array<std::size_t, 3> counts{};
    for (const model::Check& check : all.model.checks) {
      if (check.pack == library.name) ++counts[static_cast<std::size_t>(check.severity)];
    }
    std::vector<std::string> row = {library.name, library.version};
    for (const diag::Text& count :
         {message::counted_errors(counts[0]), message::counted_warnings(counts[1]), message::counted_notes(counts[2])})
      row.push_back(said(context, count));
    rows.push_back(std::move(row));
  }
  return in_columns(rows);
}

// The checks of all packs, or of those that are named.
Rows rows_of_checks(Context& context, std::span<const std::string> names) {
  Rows rows;
  for (const model::Check& check : driver::compile_libraries(context.settings.as_of, true).model.checks) {
    if (!names.empty() && std::find(names.begin(), names.end(), check.pack) == names.end()) continue;
    rows.push_back({check.id, std::string(severities[static_cast<std::size_t>(check.severity)]), check.pack,
                    check.title.in(base::tag(context.settings.language))});
  }
  return rows;
}

ExitCode list_checks(Context& context, std::span<const std::string> names) {
  std::vector<std::string_view> known;
  for (const library::Embedded& pack : library::packs()) known.push_back(pack.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      return usage_error(context, with_suggestion(message::no_such_pack(name), name, known));
  }
  return write(context, in_columns(rows_of_checks(context, names)));
}

// What the compiler finds by itself, then what the packs find.
std::string findings(Context& context) {
  Rows rows;
  for (const diag::CodeInfo& code : diag::all_codes())
    rows.push_back({std::string(code.number), std::string(to_string(code.severity)), std::string(code.name)});
  return in_columns(rows) + in_columns(rows_of_checks(context, {}));
}

ExitCode list_policy(Context& context, const std::string& kind, const std::vector<std::string>& given) {
  const bool of_library = kind == "features" || kind == "contexts" || kind == "controls";
  const bool bare = given.empty() && of_library && !has_policy(context.files(), located(context, "."));
  const driver::Compilation compilation = bare ? driver::compile_libraries(context.settings.as_of, false)
                                               : compile_policy(context, policy_paths(context, given));
  if (compilation.unreadable) return report_errors(context, compilation);
  const ExitCode code = write(context, in_columns(rows_of_policy(context, compilation.model, kind)));
  if (code != ExitCode::done || bare || compilation.may_write()) return code;
  info(context, message::list_may_lack());
  return ExitCode::failed;
}

// Git calls this for every version of a file that it shows, so nothing that is there is an error.
ExitCode list_permissions(Context& context, const std::vector<std::string>& given) {
  constexpr std::size_t largest = std::size_t{256} << 20;
  if (given.size() > 1) return usage_error(context, "one file at a time: farol list permissions FILE");
  const std::string file = given.empty() ? "permissions.json" : given.front();
  const std::string path = located(context, file);
  const base::FileResult<std::string> content = file == "-"
                                                    ? base::FileResult<std::string>(standard_input(context, largest))
                                                    : context.files().read(path, largest);
  if (const auto* error = std::get_if<base::FileError>(&content))
    return usage_error(context, message::cannot_read(path, message::verbatim(error->reason)));
  const std::string& text = std::get<std::string>(content);
  const auto lines = dingtalk::read_lines(text, context.settings.language);
  if (!lines) info(context, message::no_permissions_json(file));
  return write(context, lines ? document::render_text(*lines) : text);
}

}  // namespace

std::vector<std::string_view> list_kinds() {
  return {"features", "roles", "data",   "apps",  "groups", "places", "departments", "contexts", "controls",
          "values",   "rules", "labels", "tests", "packs",  "checks", "reports",     "findings", "permissions"};
}

ExitCode list(Context& context) {
  const std::vector<std::string>& arguments = context.request.arguments;
  const std::vector<std::string_view> kinds = list_kinds();
  if (arguments.empty()) return usage_error(context, message::what_to_list(as_names(kinds)));
  const std::string& kind = arguments.front();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
    return usage_error(
        context, message::kind_is(with_suggestion(message::cannot_be_listed(kind), kind, kinds), as_names(kinds)));
  // What is listed without a policy is said in its language, where there is one.
  if (kind == "findings" || kind == "values" || kind == "reports" || kind == "packs")
    follow_language(context, policy_paths(context, {arguments.begin() + 1, arguments.end()}));
  if (kind == "findings") return write(context, findings(context));
  if (kind == "values") return write(context, in_columns(rows_of_values(context.settings.language)));
  if (kind == "packs") return write(context, packs(context));
  if (kind == "checks") return list_checks(context, std::span(arguments).subspan(1));
  if (kind == "reports") {
    Rows rows;
    for (const std::string_view name : report_kinds())
      rows.push_back({std::string(name), std::string(driver::report_title(name, context.settings.language))});
    return write(context, in_columns(rows));
  }
  if (kind == "permissions") return list_permissions(context, {arguments.begin() + 1, arguments.end()});
  return list_policy(context, kind, {arguments.begin() + 1, arguments.end()});
}

ExitCode version(Context& context) {
  if (!context.request.arguments.empty()) return usage_error(context, "`farol version` takes no arguments");
  std::string text = "farol " + std::string(base::version) + "\nlanguage 1\n";
  for (const library::Embedded& library : library::all())
    text.append(library.name).append(" ").append(library.newest).append("\n");
  return write(context, text);
}

}  // namespace farol::cli
