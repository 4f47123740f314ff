#include "target/dingtalk/document_lines.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "decide/permission_json.h"
#include "document/words.h"
#include "target/dingtalk/permissions_file.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using Document = PermissionsDocument;

std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ") {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : separator).append(word);
  return text;
}

Phrase phrase_of(Document::SubjectKind kind) {
  switch (kind) {
    case Document::SubjectKind::role: return Phrase::lines_is_role;
    case Document::SubjectKind::department: return Phrase::lines_is_department;
    case Document::SubjectKind::users: break;
  }
  return Phrase::lines_is_users;
}

class Lines {
 public:
  explicit Lines(base::Language language) : language_(language) { document_.language = language; }

  document::Document take() { return std::move(document_); }

  void vocabulary(const Document& document) {
    add(base::fill(Phrase::as_of, language_, {base::to_string(document.as_of)}));
    for (const Document::Role& role : document.roles) {
      std::string line = fill(Phrase::lines_role, role.name);
      if (!role.inherits.empty()) line = fill(Phrase::lines_inherits, line, joined(role.inherits));
      if (!role.clearance.empty()) line = fill(Phrase::lines_clearance, line, role.clearance);
      for (const Document::Subject& subject : role.subjects) {
        line = fill(phrase_of(subject.kind), line);
        if (!subject.name.empty()) line = fill(Phrase::pair, line, subject.name);
      }
      add(line);
    }
    for (const Document::Data& data : document.data) add(fill(Phrase::lines_data, data.name, data.tier));
  }

  // One line for each role and feature, whatever answers a decision has together: a line is there as long as it holds.
  void decisions(const Document& document) {
    std::vector<std::tuple<std::string, std::string, std::string>> lines;
    for (const Document::Decision& decision : document.decisions) {
      for (const Document::Row& row : decision.answers) {
        for (const Document::Holder& holder : row.roles) {
          for (const std::string& feature : row.features)
            lines.emplace_back(feature, holder.role, line_of(decision, row, holder, feature));
        }
      }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
      // Whoever holds no role comes last.
      return std::tuple(std::get<0>(a), std::get<1>(a).empty(), std::get<1>(a)) <
             std::tuple(std::get<0>(b), std::get<1>(b).empty(), std::get<1>(b));
    });
    for (auto& [feature, role, line] : lines) add(std::move(line));
    for (const std::string& feature : document.ungoverned)
      add(base::fill(Phrase::lines_ungoverned, language_, {feature}));
  }

  void open_ends(const Document& document) {
    for (const Document::Unsupported& entry : document.unsupported) {
      for (const std::string& feature : entry.features)
        add(base::fill(Phrase::lines_unsupported, language_, {feature, entry.why}));
    }
    for (const Document::Gap& gap : document.gaps)
      add(base::fill(Phrase::lines_gap, language_, {gap.check, gap.message, joined(gap.things)}));
  }

  // One line for each of those who have something by a setting.
  void settings(const Document& document) {
    for (const Document::Area& area : document.settings) {
      for (const Document::Setting& setting : area.settings) {
        std::string place = setting.menu;
        if (!place.empty() && !setting.setting.empty()) place += " > ";
        place += setting.setting;
        // Nobody knows where the console has it.
        if (!place.empty()) place += ": ";
        for (const Document::Wanted& wanted : setting.wanted)
          add(std::string(text(Phrase::lines_setting, language_)) + " " + place +
              base::fill(Phrase::pair, language_, {setting.what, in_words(wanted)}));
      }
    }
  }

  // A setting with a line for each class of data is as many lines here, so that a change of one shows as one.
  void steps(const StepsDocument& document) {
    for (const StepsDocument::Step& step : document.steps) {
      for (std::size_t at = 0; at <= step.value.size();) {
        const std::size_t end = std::min(step.value.find('\n', at), step.value.size());
        add(base::fill(Phrase::lines_step, language_,
                       {keeper(step.kind), step.title, step.value.substr(at, end - at)}));
        at = end + 1;
      }
    }
  }

 private:
  [[nodiscard]] std::string fill(Phrase phrase, std::string_view first, std::string_view second = {}) const {
    return base::fill(phrase, language_, {first, second});
  }

  [[nodiscard]] std::string line_of(const Document::Decision& decision, const Document::Row& row,
                                    const Document::Holder& holder, const std::string& feature) const {
    const bool allows = decision.effect == Document::Effect::allow;
    const std::string role = holder.role.empty() ? std::string(text(Phrase::lines_no_role, language_)) : holder.role;
    std::string line = fill(allows ? Phrase::lines_allow : Phrase::lines_deny, role, feature);
    if (!row.objects.empty()) line = fill(Phrase::lines_on, line, joined(in_words(row.objects)));
    line = with_condition(std::move(line), decision.when);
    if (!decision.controls.empty()) line = fill(Phrase::lines_requiring, line, joined(decision.controls));
    if (decision.expires) line = fill(Phrase::lines_until, line, base::to_string(*decision.expires));
    return line + "  # " + fill(Phrase::pair, text(Phrase::field_kept_by, language_), keeper(row.kept_by));
  }

  // What has no name is called by what it is.
  [[nodiscard]] std::vector<std::string> in_words(std::vector<std::string> objects) const {
    using model::ActsOn;
    for (std::string& name : objects) {
      for (const ActsOn kind : {ActsOn::data, ActsOn::app, ActsOn::group, ActsOn::place, ActsOn::department}) {
        if (name == decide::other_in_documents(kind)) name = text(document::name_of_others(kind), language_);
      }
    }
    return objects;
  }

  // Alternatives, each a value or several for every context that it names.
  [[nodiscard]] std::string with_condition(std::string line, const Document::When& when) const {
    std::vector<std::string> alternatives;
    for (const auto& alternative : when) {
      std::vector<std::string> all;
      for (const auto& [context, values] : alternative)
        all.push_back(fill(Phrase::lines_context, context, by_phrase(Phrase::lines_or, values)));
      if (all.empty()) return line;  // always
      alternatives.push_back(by_phrase(Phrase::lines_and, std::move(all)));
    }
    if (alternatives.empty()) return line;
    alternatives.front() = fill(Phrase::lines_when, line, alternatives.front());
    return by_phrase(Phrase::lines_or_when, std::move(alternatives));
  }

  // By a phrase such as `{0} or {1}`. Neighbours are joined first, since one after the other takes the square of many.
  [[nodiscard]] std::string by_phrase(Phrase phrase, std::vector<std::string> texts) const {
    while (texts.size() > 1) {
      for (std::size_t i = 0; i + 1 < texts.size(); i += 2) texts[i / 2] = fill(phrase, texts[i], texts[i + 1]);
      if (texts.size() % 2 != 0) texts[texts.size() / 2] = std::move(texts.back());
      texts.resize((texts.size() + 1) / 2);
    }
    return texts.empty() ? std::string{} : std::move(texts.front());
  }

  // `HR, Sales: on (their own department)`.
  [[nodiscard]] std::string in_words(const Document::Wanted& wanted) const {
    std::vector<std::string> whom;
    for (const Document::Holder& holder : wanted.roles)
      whom.push_back(holder.role.empty() ? std::string(base::text(Phrase::lines_no_role, language_)) : holder.role);
    whom.insert(whom.end(), wanted.people.begin(), wanted.people.end());
    if (wanted.whom == Document::Whom::everybody) whom.emplace_back(base::text(Phrase::step_everybody, language_));
    if (wanted.whom == Document::Whom::others) whom.emplace_back(text(Phrase::lines_others, language_));
    std::string said = wanted.value;
    for (std::size_t at = said.find('\n'); at != std::string::npos; at = said.find('\n', at)) said.replace(at, 1, ", ");
    if (!wanted.scope.empty()) said = base::fill(Phrase::name_in_brackets, language_, {said, wanted.scope});
    return whom.empty() ? said : base::fill(Phrase::pair, language_, {joined(whom), said});
  }

  template <class Keeper>
  [[nodiscard]] std::string_view keeper(Keeper kept_by) const {
    const auto phrase = base::find_phrase("kept_by_" + std::string(to_string(kept_by)));
    return phrase ? base::text(*phrase, language_) : to_string(kept_by);
  }

  // Adds one line, whatever a title holds.
  void add(std::string line) {
    for (std::size_t at = line.find('\n'); at != std::string::npos; at = line.find('\n', at))
      line.replace(at, 1, " | ");
    document_.lead.emplace_back(line);
  }

  base::Language language_;
  document::Document document_;
};

}  // namespace

std::optional<document::Document> read_lines(std::string_view text, base::Language language) {
  const auto read = read_permissions_file(text, language);
  const auto* file = std::get_if<PermissionsFile>(&read);
  Lines lines(language);
  if (file == nullptr) {
    const auto steps = read_steps(text);
    if (!std::holds_alternative<StepsDocument>(steps)) return std::nullopt;
    lines.steps(std::get<StepsDocument>(steps));
    return lines.take();
  }
  lines.vocabulary(file->permissions);
  lines.decisions(file->permissions);
  lines.open_ends(file->permissions);
  lines.settings(file->permissions);
  if (file->steps) lines.steps(*file->steps);
  return lines.take();
}

}  // namespace farol::dingtalk
