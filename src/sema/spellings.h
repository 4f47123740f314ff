// Names that must not be taken for each other, and how two of them clash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "diag/sink.h"
#include "source/source_map.h"

namespace farol::sema {

// How a name clashes with one that stands already.
enum class Clash : std::uint8_t {
  same,        // the same name
  case_only,   // differs in case alone
  look_alike,  // a reader could take one for the other (UTS 39)
};

// The names of one name space. Views must outlive it.
class Spellings {
 public:
  struct Found {
    Clash clash = Clash::same;
    std::uint32_t other = 0;  // the number of the name that stood first
  };

  // Enters a name under a number of the caller's; nothing if it clashes with no other. A name that only looks like
  // another is entered all the same: it can be used without doubt by a compiler, though not by a reader.
  std::optional<Found> add(std::string_view name, std::uint32_t number);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  void reserve(std::size_t names);

 private:
  std::unordered_map<std::string_view, std::uint32_t> names_;
  std::unordered_map<std::string, std::uint32_t> folded_;
  std::unordered_map<std::string, std::uint32_t> skeletons_;
};

// `first_noun` is what the first one is: "a role", "a label".
void report_clash(diag::Sink& sink, Clash clash, std::string_view second, source::Span second_span,
                  std::string_view first, std::string_view first_noun, source::Span first_span);

}  // namespace farol::sema
