#include "cli/help_texts.h"

#include <algorithm>
#include <vector>

#include "document/text_layout.h"

namespace farol::cli {
namespace {

constexpr std::size_t page_width = 110;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// A page as it is put together in another language.
class PageWriter {
 public:
  explicit PageWriter(base::Language language) : language_(language) {}

  void add(std::string_view line) {
    const bool fence = line.starts_with("```");
    if (in_code_ || fence || line.empty()) {
      finish_paragraph();
      text_.append(line) += '\n';
      if (fence) in_code_ = !in_code_;
      return;
    }
    line.remove_prefix(line.find_first_not_of(' '));
    paragraph_.append(paragraph_.empty() ? "" : " ").append(line);
  }
  // Nothing if a paragraph is missing.
  [[nodiscard]] std::string take() {
    finish_paragraph();
    return is_whole_ ? std::move(text_) : std::string{};
  }

 private:
  void finish_paragraph() {
    if (paragraph_.empty()) return;
    const bool is_title = paragraph_.starts_with("# ");
    const std::string said{is_title ? paragraph_ : translated(paragraph_, language_)};
    is_whole_ = is_whole_ && (is_title || said != paragraph_);
    const bool is_list = said.starts_with("- ");
    for (std::size_t at = 0; at < said.size();) {
      const std::size_t next = is_list ? std::min(said.find(" - ", at + 1), said.size()) : said.size();
      for (const std::string& line : document::wrap(said.substr(at, next - at), page_width)) text_ += line + "\n";
      at = next + 1;
    }
    paragraph_.clear();
  }

  base::Language language_;
  std::string text_, paragraph_;
  bool in_code_ = false;
  bool is_whole_ = true;
};

}  // namespace

std::string_view translated(std::string_view english, base::Language language) {
  if (language == base::Language::en) return english;
  const auto texts = help_texts();
  const auto found = std::lower_bound(texts.begin(), texts.end(), english,
                                      [](const HelpText& row, std::string_view text) { return row.english < text; });
  if (found == texts.end() || found->english != english) return english;
  const std::string_view text = found->texts[static_cast<std::size_t>(language) - 1];
  return text.empty() ? english : text;
}

std::string translated_page(std::string_view page, base::Language language) {
  if (language == base::Language::en) return std::string{page};
  PageWriter writer(language);
  for (const std::string_view line : lines_of(page)) writer.add(line);
  std::string text = writer.take();
  return text.empty() ? std::string{page} : text;
}

}  // namespace farol::cli
