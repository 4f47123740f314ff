// All pages of a policy as one folder that needs no network: `farol site`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/phrases.h"
#include "driver/driver.h"
#include "target/dingtalk/confirmations.h"

namespace farol::driver {

// What an index of many policies says of one.
struct SiteEntry {
  std::string folder;  // of its pages, from the index
  std::string title;
  std::size_t overdue = 0, warnings = 0, steps = 0, open = 0;
};
struct Site {
  std::vector<base::OutputFile> files;  // named from the folder of the site; the first page is index.html
  SiteEntry entry;
};
// The policy may be written.
[[nodiscard]] Site site_of(const Compilation& compilation, base::Language language, const dingtalk::Ledger& ledger);
// The page that leads to the first pages of all.
[[nodiscard]] std::string site_index(const std::vector<SiteEntry>& entries, base::Language language);

}  // namespace farol::driver
