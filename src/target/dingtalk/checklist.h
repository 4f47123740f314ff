// The steps for people: numbered in the order in which they are made, with boxes to tick and lines to sign. What is
// confirmed already is ticked and signed, and what counts no longer says why.
#pragma once

#include <string>

#include "base/phrases.h"
#include "decide/decisions.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/confirmations.h"

namespace farol::dingtalk {

// Markdown (CommonMark with tables).
[[nodiscard]] std::string render_checklist_markdown(const model::Model& model, const decide::Decisions& decisions,
                                                    const decide::Answers& answers, const AdminConfig& config,
                                                    const dingtalk::Ledger& ledger, base::Language language);
// One file that needs no network, made to be printed: no step is torn apart by the end of a page.
[[nodiscard]] std::string render_checklist_html(const model::Model& model, const decide::Decisions& decisions,
                                                const decide::Answers& answers, const AdminConfig& config,
                                                const dingtalk::Ledger& ledger, base::Language language);

}  // namespace farol::dingtalk
