#include "driver/tenant.h"

#include "diag/snippet.h"
#include "dingtalk/lower.h"
#include "tenant/collect.h"
#include "tenant/export.h"

namespace farol::driver {
namespace {

BadFile bad_file(const std::string& name, std::string text, const std::vector<tenant::Fault>& faults) {
  source::SourceMap sources;
  const source::SourceId id = sources.add(name, std::move(text));
  BadFile bad;
  for (const tenant::Fault& fault : faults) {
    const source::Position at = sources.position(id, static_cast<std::uint32_t>(fault.offset));
    bad.faults.push_back(name + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + diag::printable_text(fault.reason));
  }
  return bad;
}

}  // namespace

std::string collect_script(const Compilation* compilation) {
  if (compilation == nullptr) return tenant::render_collect_script();
  return tenant::render_collect_script(compilation->model, dingtalk::lower(compilation->model, compilation->decisions));
}

std::variant<DriftDocument, BadFile> check_drift(const Compilation& compilation, const std::string& name, std::string text,
                                                 const std::vector<tenant::Confirmation>& confirmations, const DriftOptions& options) {
  const auto read = tenant::read_export(text);
  if (const auto* faults = std::get_if<std::vector<tenant::Fault>>(&read)) return bad_file(name, std::move(text), *faults);
  const auto& live = std::get<tenant::Tenant>(read);
  const model::Model& model = compilation.model;
  const dingtalk::AdminConfig config = dingtalk::lower(model, compilation.decisions);
  const tenant::Drift drift = tenant::compare(model, config, live, confirmations);
  return DriftDocument{options.json ? render_json(drift, live, model, compilation.sources)
                                    : render_text(drift, live, model, compilation.sources, {options.language, options.verbose}),
                       drift.is_clean()};
}

}  // namespace farol::driver
