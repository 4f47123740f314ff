// What all pages share: the style sheet src/document/page.css, the script page.js, and the frame of printed pages.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/document.h"
#include "model/model.h"

namespace farol::document {

// What a page counts at its top: `wider: 3`. With a section it leads there, without one it leaves the lines with its
// mark.
struct Count {
  Mark mark = Mark::unmarked;
  std::string text;
  std::string section{};
};

// Days on a line, from the first to the last one; what lies before it stands at its beginning.
struct Timeline {
  base::Date from, to;
  std::vector<std::pair<base::Date, Mark>> days{};
};

// What a page has beyond its document.
struct Page {
  std::string kind{};  // a class of page.css for the whole: `timeline`
  std::optional<Timeline> timeline{};
  std::vector<Count> counts{};
  std::string markdown{};  // the same as Markdown, for the reader to copy
  // What readers sign goes into a table, as a file that the page saves: its name, its heads, and by the id of the
  // section with the signature the rows that it makes, up to who, when, with which evidence, and the digest of that.
  std::string signed_file{};
  std::vector<std::string> signed_head{};
  std::map<std::string, std::vector<std::vector<std::string>>> records{};
};
// As `render_html(document)`, which has none of it. A page also leads to `./another.html`, where a run says so, and to
// `#` and the id of a section.
[[nodiscard]] std::string render_html(const Document& document, const Page& page);

struct PagePart {
  std::string_view name, text;
};
[[nodiscard]] std::span<const PagePart> page_parts();
[[nodiscard]] inline std::string_view page_style() { return page_parts().front().text; }
[[nodiscard]] inline std::string_view page_script() { return page_parts().back().text; }

// Of a page that is made from a policy as it is on a day.
[[nodiscard]] Frame frame_of(const model::Model& model, base::Language language, base::Date day);
// What every printed page has at its edges: whose it is, of which day, made from what, and which page it is.
[[nodiscard]] std::string page_frame(std::string_view title, const Frame& frame, bool across);
// The content of a Content-Security-Policy that lets nothing in but one style sheet and one script, which are inside
// the page. An empty script: none may run.
[[nodiscard]] std::string security_policy(std::string_view style, std::string_view script);

}  // namespace farol::document
