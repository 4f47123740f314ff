// Which findings a policy may silence or set the severity of.
#pragma once

#include "sema/resolution.h"

namespace farol::sema {

// False, and a report: there is no such finding, or it is an error that stands whatever a policy says.
bool check_settable_finding(Resolution& resolution, const syntax::Name& finding);
bool check_waivable_finding(Resolution& resolution, const syntax::Name& finding);

}  // namespace farol::sema
