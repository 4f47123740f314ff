#include "document/document.h"

namespace farol::document {

std::string_view symbol(Mark mark) {
  switch (mark) {
    case Mark::unmarked: return "";
    case Mark::allow: return "✔";
    case Mark::withheld: return "⊘";
    case Mark::deny: return "✖";
    case Mark::none: return "–";
    case Mark::platform: return "○";
    case Mark::widening: return "+";
    case Mark::narrowing: return "-";
    case Mark::mixed: return "~";
    case Mark::attention: return "!";
    case Mark::done: return "☑";
    case Mark::open: return "☐";
  }
  return "";
}

std::string_view name_of(Mark mark) {
  switch (mark) {
    case Mark::unmarked: return "";
    case Mark::allow: return "allow";
    case Mark::withheld: return "withheld";
    case Mark::deny: return "deny";
    case Mark::none: return "none";
    case Mark::platform: return "platform";
    case Mark::widening: return "widening";
    case Mark::narrowing: return "narrowing";
    case Mark::mixed: return "mixed";
    case Mark::attention: return "attention";
    case Mark::done: return "done";
    case Mark::open: return "open";
  }
  return "";
}

Line::Line(Mark its_mark, std::string_view text, std::size_t number_of_note) : mark(its_mark), note(number_of_note) {
  add(text);
}

Line& Line::add(std::string_view text, Look look, std::string_view link) {
  if (!text.empty()) runs.push_back({std::string(text), look, std::string(link)});
  return *this;
}

Section& Section::add_section(Line its_heading) {
  sections.push_back({std::move(its_heading)});
  return sections.back();
}

Section& Document::add_section(Line heading) {
  sections.push_back({std::move(heading)});
  return sections.back();
}

}  // namespace farol::document
