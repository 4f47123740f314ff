#include "model/digest.h"

#include "base/digest.h"

namespace farol::model {

std::string digest_of(const Model& model) {
  std::string canonical;
  for (const StatementText& statement : model.canonical) {
    if (!canonical.empty()) canonical += '\n';
    canonical += statement.text;
  }
  return "sha256:" + base::sha256_hex(canonical);
}

}  // namespace farol::model
