#include "sema/spellings.h"

#include "base/text.h"
#include "diag/messages_sema.h"

namespace farol::sema {

std::optional<Spellings::Found> Spellings::add(std::string_view name, std::uint32_t number) {
  const auto [same, is_new] = names_.emplace(name, number);
  if (!is_new) return Found{Clash::same, same->second};
  const auto [folded, is_new_folded] = folded_.emplace(base::fold_case(name), number);
  const auto [skeleton, is_new_skeleton] = skeletons_.emplace(base::skeleton(name), number);
  if (!is_new_folded) return Found{Clash::case_only, folded->second};
  if (!is_new_skeleton) return Found{Clash::look_alike, skeleton->second};
  return std::nullopt;
}

std::optional<std::uint32_t> Spellings::find(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? std::nullopt : std::optional{found->second};
}

void Spellings::reserve(std::size_t names) {
  names_.reserve(names);
  folded_.reserve(names);
  skeletons_.reserve(names);
}

void report_clash(diag::Sink& sink, Clash clash, std::string_view second, source::Span second_span,
                  std::string_view first, std::string_view first_noun, source::Span first_span) {
  using diag::Code;
  diag::Diagnostic finding;
  switch (clash) {
    case Clash::same:
      finding = diag::make(Code::duplicate_name, second_span,
                           message::declared_already(std::string{second}, std::string{first_noun}));
      break;
    case Clash::case_only:
      finding = diag::make(Code::duplicate_name, second_span,
                           message::differs_in_case(std::string{second}, std::string{first}));
      break;
    case Clash::look_alike:
      finding = diag::make(Code::look_alike_name, second_span,
                           message::can_be_taken_for(std::string{second}, std::string{first}));
      break;
  }
  finding.labels.push_back({first_span, message::declared_first(std::string{first})});
  sink.report(std::move(finding));
}

}  // namespace farol::sema
