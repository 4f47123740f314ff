#include "target/dingtalk/wordings.h"

#include <array>
#include <cstddef>

namespace farol::dingtalk {

std::string_view text(Wording wording, base::Language language) {
  using Row = std::array<std::string_view, base::all_languages.size()>;
  static constexpr Row rows[] = {
#define FAROL_WORDING(identifier, en, zh_hant, zh_hans, pt) Row{en, zh_hant, zh_hans, pt},
#include "target/dingtalk/wordings.def"
#undef FAROL_WORDING
  };
  return rows[static_cast<std::size_t>(wording)][static_cast<std::size_t>(language)];
}

Texts texts(Wording wording) {
  Texts made;
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = text(wording, base::all_languages[i]);
  return made;
}

}  // namespace farol::dingtalk
