#include "target/dingtalk/document_lines.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace farol::dingtalk {
namespace {

using base::Phrase;
using Json = nlohmann::json;

constexpr std::string_view schema = "farol-permissions-1";

// Members that are missing or of another kind throw, which `render_lines` catches.
class Lines {
 public:
  explicit Lines(base::Language language) : language_(language), tag_(base::tag(language)) {}

  std::string take() { return std::move(text_); }

  void vocabulary(const Json& document) {
    add(base::fill(Phrase::as_of, language_, {string(document, "as_of")}));
    for (const Json& role : document.at("roles")) {
      std::string line = "role " + string(role, "name");
      if (!role.at("inherits").empty()) line += " inherits " + joined(role.at("inherits"));
      if (!role.at("clearance").is_null()) line += ", clearance: " + string(role, "clearance");
      for (const Json& subject : role.at("subjects")) {
        line += ", " + subject.at("kind").get<std::string>();
        if (!subject.at("name").is_null()) line += ": " + string(subject, "name");
      }
      add(line);
    }
    for (const Json& data : document.at("data")) add("data " + string(data, "name") + " is " + string(data, "tier"));
  }

  void permissions(const Json& document) {
    for (const Json& permission : document.at("permissions")) {
      std::string line = string(permission, "effect") + " ";
      line += permission.at("role").is_null() ? std::string(base::text(Phrase::lines_no_role, language_))
                                              : string(permission, "role");
      line += " to " + string(permission, "feature");
      if (!permission.at("objects").empty()) line += " on " + joined(permission.at("objects"));
      line += condition(permission.at("when"));
      if (!permission.at("controls").empty()) line += " requiring " + joined(permission.at("controls"));
      if (!permission.at("expires").is_null()) line += " until " + string(permission, "expires");
      line +=
          "  # " + base::fill(Phrase::pair, language_,
                              {base::text(Phrase::field_kept_by, language_), keeper(string(permission, "kept_by"))});
      add(line);
    }
    for (const Json& feature : document.at("ungoverned"))
      add(base::fill(Phrase::lines_ungoverned, language_, {feature.get<std::string>()}));
  }

  void open_ends(const Json& document) {
    for (const Json& entry : document.at("unsupported"))
      add(base::fill(Phrase::lines_unsupported, language_, {string(entry, "feature"), in_language(entry.at("why"))}));
    for (const Json& gap : document.at("gaps"))
      add(base::fill(Phrase::lines_gap, language_,
                     {string(gap, "check"), in_language(gap.at("message")), joined(gap.at("things"))}));
  }

  // A setting with a line for each class of data is as many lines here, so that a change of one shows as one.
  void steps(const Json& document) {
    for (const Json& step : document.at("steps")) {
      const std::string kind = keeper(string(step, "kind")), title = in_language(step.at("title"));
      const std::string value = in_language(step.at("value"));
      for (std::size_t at = 0; at <= value.size();) {
        const std::size_t end = std::min(value.find('\n', at), value.size());
        add(base::fill(Phrase::lines_step, language_, {kind, title, value.substr(at, end - at)}));
        at = end + 1;
      }
    }
  }

 private:
  static std::string string(const Json& object, const char* key) { return object.at(key).get<std::string>(); }

  static std::string joined(const Json& words) {
    std::string text;
    for (const Json& word : words) text += (text.empty() ? "" : ", ") + word.get<std::string>();
    return text;
  }

  // Titles of a policy have what its author wrote, and `default` for the other languages.
  [[nodiscard]] std::string in_language(const Json& texts) const {
    if (texts.is_null()) return {};
    if (texts.is_string()) return texts.get<std::string>();
    const auto found = texts.find(tag_);
    return (found == texts.end() ? texts.at("default") : *found).get<std::string>();
  }

  [[nodiscard]] std::string keeper(const std::string& kept_by) const {
    const auto phrase = base::find_phrase("kept_by_" + kept_by);
    return phrase ? std::string(base::text(*phrase, language_)) : kept_by;
  }

  // Alternatives, each a value or several for every context that it names.
  static std::string condition(const Json& alternatives) {
    std::string text;
    for (const Json& alternative : alternatives) {
      std::string all;
      for (const auto& [context, values] : alternative.items()) {
        std::string either;
        for (const Json& value : values) either += (either.empty() ? "" : " or ") + value.get<std::string>();
        all += (all.empty() ? "" : " and ") + context + " is " + either;
      }
      if (all.empty()) return {};  // always
      text += (text.empty() ? " when " : " or when ") + all;
    }
    return text;
  }

  // One line, whatever a title holds.
  void add(std::string line) {
    for (std::size_t at = line.find('\n'); at != std::string::npos; at = line.find('\n', at))
      line.replace(at, 1, " | ");
    std::replace(line.begin(), line.end(), '\r', ' ');
    text_ += line + "\n";
  }

  base::Language language_;
  std::string tag_;
  std::string text_;
};

}  // namespace

std::optional<std::string> render_lines(std::string_view document, base::Language language) {
  try {
    const Json json = Json::parse(document);
    if (json.at("schema") != schema) return std::nullopt;
    Lines lines(language);
    lines.vocabulary(json);
    lines.permissions(json);
    lines.open_ends(json);
    lines.steps(json);
    return lines.take();
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace farol::dingtalk
