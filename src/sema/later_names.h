// Names that a library has only in a later version than the policy uses: whoever learns them from a list or a page
// meets them as unknown names, and one finding says why for all of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/loader.h"

namespace farol::sema {

class LaterNames {
 public:
  // The program must outlive it.
  explicit LaterNames(const syntax::Program& program);

  // Takes note of a name that was not found. Returns false if no later version has it, as a thing of one of the kinds
  // (`Wanted::kinds`); `report` says the rest.
  bool take(std::string_view name, source::Span span, std::uint32_t kinds);
  // The same for a group of features, such as `robot` of `robot.*`, and for a check.
  bool take_namespace(std::string_view name, source::Span span);
  bool take_check(std::string_view id, source::Span span);
  // Returns the nearest name of a later version; empty if none is near.
  [[nodiscard]] std::string_view find_nearest(std::string_view name, std::uint32_t kinds) const;
  // Returns true if a later version has the name, as whatever.
  [[nodiscard]] bool has(std::string_view name) const { return names_.contains(name); }
  // Returns the edit that raises the version so that a name is there, and says since when; the name must be one of
  // them.
  [[nodiscard]] diag::Text came_with(std::string_view name) const;
  [[nodiscard]] diag::Edit raise_for(std::string_view name) const;

  // One finding for each library, at the first place, with the other places counted.
  void report(diag::Sink& sink) const;

 private:
  struct Later {
    const syntax::Library* library = nullptr;
    std::string_view since;
    std::uint32_t kinds = 0;  // zero: a check
  };
  struct Use {
    source::Span span;
    std::string_view name;
    Later later;
  };

  bool note(std::string_view name, source::Span span, const Later& later);
  static diag::Diagnostic describe(std::vector<Use> uses);

  std::map<std::string_view, Later> names_;
  std::map<const syntax::Library*, std::vector<Use>> uses_;
};

}  // namespace farol::sema
