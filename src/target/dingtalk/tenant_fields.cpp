#include "target/dingtalk/tenant_fields.h"

namespace farol::dingtalk {

std::span<const TenantField> all_fields() {
  using enum Call;
  static constexpr auto none = std::nullopt;
  static constexpr TenantField fields[] = {
#define FAROL_FIELD(read, shown, kind, set_by, wanted, match) \
  {Call::read, shown, FieldKind::kind, set_by, wanted, FieldMatch::match},
#include "target/dingtalk/tenant_fields.def"
#undef FAROL_FIELD
  };
  return fields;
}

}  // namespace farol::dingtalk
