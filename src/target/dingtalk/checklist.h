// The steps for people: numbered in the order in which they are made, with boxes to tick and lines to sign. What is
// confirmed already is ticked and signed, and what counts no longer says why.
#pragma once

#include "base/phrases.h"
#include "decide/decisions.h"
#include "document/document.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/confirmations.h"

namespace farol::dingtalk {

[[nodiscard]] document::Document checklist(const model::Model& model, const decide::Decisions& decisions,
                                           const AdminConfig& config, const Ledger& ledger, base::Language language);

}  // namespace farol::dingtalk
