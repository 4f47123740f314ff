// A tenant against a policy: what of its steps is so, what is not, and what no call can show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "document/page.h"
#include "model/model.h"
#include "source/source_map.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/tenant.h"

namespace farol::dingtalk {

enum class Verdict : std::uint8_t { agrees, differs, unseen };
[[nodiscard]] std::string_view to_string(Verdict verdict);

// A field of a call, or a member of a list, that is set otherwise. Ids have the name of their role behind them.
struct Difference {
  std::string what;                      // as the call names it: `excludeTagIds`
  std::vector<std::string> wanted_only;  // by the policy; sorted
  std::vector<std::string> live_only;    // in the tenant; sorted
  bool is_value = false;                 // one value instead of another; false: what a list lacks, and has beyond
  // What sets it right, where the step's own request does not. One request may set several right.
  std::optional<Request> change = {};
};

// A step that somebody has confirmed to be made. If no call shows the step, this is all that is known.
struct ConfirmedStep {
  std::string step;  // its id
  std::string by, on;
  bool stale = false;  // the value has changed since, or its period is over
};

// A step, or an id that the policy binds.
struct Finding {
  const dingtalk::Step* step = nullptr;     // null: it is about an id
  const model::Binding* binding = nullptr;  // null: it is about a step
  Verdict verdict = Verdict::agrees;
  std::vector<Difference> differences;  // of `differs`
  std::vector<Note> unseen;             // all of it, or with another verdict parts of it
  std::size_t compared = 0;             // parts that a call does show, where there are such as none shows
  std::optional<ConfirmedStep> confirmed;
};

// Something that the tenant has beyond the policy.
struct Extra {
  Note what;
  bool counts = true;                     // false: worth knowing, but the policy does not speak of it
  std::optional<Request> take_away = {};  // where a documented request does
};

struct Drift {
  std::vector<Finding> findings;  // steps in their order, then bindings in that of their text
  std::vector<Extra> extras;
  std::vector<Note> notes;  // what holds for all of it

  bool lost_calls = false;  // calls of the export say nothing

  // Nothing differs, and the tenant has nothing on top.
  [[nodiscard]] bool is_clean() const;
  // Returns true if what calls show was seen: of no step and no id is it only known that a call was not made, failed,
  // was refused, or answered what no documentation has; and something was seen at all.
  [[nodiscard]] bool has_seen() const;
};

// `config` is that of the model and outlives the result. `confirmations` may name steps that are no more.
[[nodiscard]] Drift compare(const model::Model& model, const dingtalk::AdminConfig& config, const Tenant& tenant,
                            const std::vector<ConfirmedStep>& confirmations = {});

struct DriftOptions {
  base::Language language = base::Language::en;
  bool verbose = false;  // also what agrees, one by one
  Region region = Region::mainland;
};
// What differs or is on top stands in red, what cannot be seen in amber, what agrees in green.
[[nodiscard]] document::Document document_of(const Drift& drift, const Tenant& tenant, const model::Model& model,
                                             const source::SourceMap& sources, const DriftOptions& options);
// How many there are of each, as the lights at the top of a page with all of it.
[[nodiscard]] std::vector<document::Count> lights_of(const Drift& drift, base::Language language);
[[nodiscard]] std::string render_json(const Drift& drift, const Tenant& tenant, const model::Model& model,
                                      const source::SourceMap& sources, Region region);

}  // namespace farol::dingtalk
