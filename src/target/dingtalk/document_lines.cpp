#include "target/dingtalk/document_lines.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "target/dingtalk/permissions_document.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using Document = PermissionsDocument;

std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ") {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : separator).append(word);
  return text;
}

std::string_view to_word(Document::SubjectKind kind) {
  switch (kind) {
    case Document::SubjectKind::role: return "role";
    case Document::SubjectKind::department: return "department";
    case Document::SubjectKind::users: break;
  }
  return "users";
}

// Alternatives, each a value or several for every context that it names.
std::string condition(const Document::When& when) {
  std::string text;
  for (const auto& alternative : when) {
    std::string all;
    for (const auto& [context, values] : alternative)
      all += (all.empty() ? "" : " and ") + context + " is " + joined(values, " or ");
    if (all.empty()) return {};  // always
    text += (text.empty() ? " when " : " or when ") + all;
  }
  return text;
}

class Lines {
 public:
  explicit Lines(base::Language language) : language_(language) { document_.language = language; }

  document::Document take() { return std::move(document_); }

  void vocabulary(const Document& document) {
    add(base::fill(Phrase::as_of, language_, {base::to_string(document.as_of)}));
    for (const Document::Role& role : document.roles) {
      std::string line = "role " + role.name;
      if (!role.inherits.empty()) line += " inherits " + joined(role.inherits);
      if (!role.clearance.empty()) line += ", clearance: " + role.clearance;
      for (const Document::Subject& subject : role.subjects) {
        line.append(", ").append(to_word(subject.kind));
        if (!subject.name.empty()) line += ": " + subject.name;
      }
      add(line);
    }
    for (const Document::Data& data : document.data) add("data " + data.name + " is " + data.tier);
  }

  void permissions(const Document& document) {
    for (const Document::Permission& permission : document.permissions) {
      std::string line = permission.effect == Document::Effect::allow ? "allow " : "deny ";
      line += permission.role.empty() ? base::text(Phrase::lines_no_role, language_) : permission.role;
      line += " to " + permission.feature;
      if (!permission.objects.empty()) line += " on " + joined(permission.objects);
      line += condition(permission.when);
      if (!permission.controls.empty()) line += " requiring " + joined(permission.controls);
      if (permission.expires) line += " until " + base::to_string(*permission.expires);
      line += "  # " + base::fill(Phrase::pair, language_,
                                  {base::text(Phrase::field_kept_by, language_), keeper(permission.kept_by)});
      add(line);
    }
    for (const std::string& feature : document.ungoverned)
      add(base::fill(Phrase::lines_ungoverned, language_, {feature}));
  }

  void open_ends(const Document& document) {
    for (const Document::Unsupported& entry : document.unsupported)
      add(base::fill(Phrase::lines_unsupported, language_, {entry.feature, in_language(entry.why)}));
    for (const Document::Gap& gap : document.gaps)
      add(base::fill(Phrase::lines_gap, language_, {gap.check, in_language(gap.message), joined(gap.things)}));
  }

  // A setting with a line for each class of data is as many lines here, so that a change of one shows as one.
  void steps(const Document& document) {
    for (const Document::Step& step : document.steps) {
      const std::string& value = in_language(step.value);
      for (std::size_t at = 0; at <= value.size();) {
        const std::size_t end = std::min(value.find('\n', at), value.size());
        add(base::fill(Phrase::lines_step, language_,
                       {keeper(step.kind), in_language(step.title), value.substr(at, end - at)}));
        at = end + 1;
      }
    }
  }

 private:
  [[nodiscard]] const std::string& in_language(const base::LanguageTexts& texts) const {
    return texts[static_cast<std::size_t>(language_)];
  }
  // Titles of a policy have what its author wrote, and `default` for the other languages.
  [[nodiscard]] const std::string& in_language(const model::Localized& text) const {
    for (const auto& [language, translation] : text.by_language) {
      if (language == base::tag(language_)) return translation;
    }
    return text.text;
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
  const auto read = read_permissions(text);
  const auto* permissions = std::get_if<Document>(&read);
  if (permissions == nullptr) return std::nullopt;
  Lines lines(language);
  lines.vocabulary(*permissions);
  lines.permissions(*permissions);
  lines.open_ends(*permissions);
  lines.steps(*permissions);
  return lines.take();
}

}  // namespace farol::dingtalk
