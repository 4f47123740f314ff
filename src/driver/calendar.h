// What expires or falls due in a policy, as a document.
#pragma once

#include <cstdint>
#include <string>

#include "base/phrases.h"
#include "driver/driver.h"
#include "target/dingtalk/confirmations.h"

namespace farol::driver {

struct CalendarOptions {
  enum class Form : std::uint8_t { text, calendar, json };
  base::Language language = base::Language::en;
  Form form = Form::text;
  bool color = false;
  base::Duration within;  // how far ahead of the day of the decisions
};

struct Calendar {
  std::string document;
  bool overdue = false;  // something is
};

// A policy with errors has one as far as it could be read.
[[nodiscard]] Calendar render_due(const Compilation& compilation, const CalendarOptions& options,
                                  const dingtalk::Ledger& ledger);

}  // namespace farol::driver
