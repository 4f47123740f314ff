#include <algorithm>

#include "base/text.h"
#include "target/dingtalk/drift.h"

namespace farol::dingtalk {
namespace {

// Names come from the tenant, where anybody may have put anything in them.
using base::one_line;
using base::Phrase;
using document::Item;
using document::Mark;

// A list shows no more than these; the rest is counted.
constexpr std::size_t max_listed = 10;

std::string filled(const Note& note, base::Language language) {
  std::array<std::string, 3> details;
  for (std::size_t i = 0; i < std::min(details.size(), note.details.size()); ++i)
    details[i] = one_line(note.details[i]);
  return base::fill(note.phrase, language, {details[0], details[1], details[2]});
}

std::size_t count(const Drift& drift, Verdict verdict) {
  return static_cast<std::size_t>(std::count_if(drift.findings.begin(), drift.findings.end(),
                                                [&](const Finding& each) { return each.verdict == verdict; }));
}
std::size_t count_extras(const Drift& drift, bool counts) {
  return static_cast<std::size_t>(std::count_if(drift.extras.begin(), drift.extras.end(),
                                                [&](const Extra& each) { return each.counts == counts; }));
}

class DocumentMaker {
 public:
  DocumentMaker(const model::Model& model, const source::SourceMap& sources, const DriftOptions& options)
      : model_(model), sources_(sources), options_(options) {}

  document::Document run(const Drift& drift, const Tenant& tenant) {
    document::Document document;
    document.language = options_.language;
    const std::string title = model_.policy.name.empty() ? std::string(text(Phrase::policy))
                                                         : model_.policy.label(base::tag(options_.language));
    document.title = fill(Phrase::drift_title, title);
    if (!tenant.collected.empty()) document.lead.push_back(fill(Phrase::drift_collected, one_line(tenant.collected)));
    document.lead.push_back(
        base::fill(Phrase::drift_summary, options_.language,
                   {std::to_string(count(drift, Verdict::agrees)), std::to_string(count(drift, Verdict::differs)),
                    std::to_string(count(drift, Verdict::unseen)), std::to_string(count_extras(drift, true))}));
    const auto add = [&](Phrase heading, std::vector<Item> items) {
      if (items.empty()) return;
      document::Section& section = document.add_section(text(heading));
      section.id = base::identifier(heading);
      section.add(document::List{std::move(items)});
    };
    add(Phrase::drift_differs, items_of(drift, Verdict::differs));
    add(Phrase::drift_extra, extras_of(drift, true));
    add(Phrase::drift_beside, extras_of(drift, false));
    add(Phrase::drift_unseen, items_of(drift, Verdict::unseen));
    if (options_.verbose) add(Phrase::drift_agrees, items_of(drift, Verdict::agrees));
    for (const Note& note : drift.notes) document.add_section().add(filled(note, options_.language));
    return document;
  }

 private:
  [[nodiscard]] std::string_view text(Phrase phrase) const { return base::text(phrase, options_.language); }
  [[nodiscard]] std::string fill(Phrase phrase, std::string_view argument) const {
    return base::fill(phrase, options_.language, {argument, {}, {}});
  }

  [[nodiscard]] std::vector<Item> items_of(const Drift& drift, Verdict verdict) const {
    std::vector<Item> items;
    for (const Finding& finding : drift.findings) {
      if (finding.verdict == verdict) items.push_back(item_of(finding));
    }
    return items;
  }

  [[nodiscard]] static Mark mark_of(Verdict verdict) {
    switch (verdict) {
      case Verdict::agrees: return Mark::done;
      case Verdict::differs: return Mark::deny;
      case Verdict::unseen: return Mark::attention;
    }
    return Mark::attention;
  }

  [[nodiscard]] Item item_of(const Finding& finding) const {
    const auto language = static_cast<std::size_t>(options_.language);
    Item item;
    item.line.mark = mark_of(finding.verdict);
    if (finding.step != nullptr) {
      item.line.add(finding.step->id, document::Look::name).add("  " + one_line(finding.step->title[language]));
    } else {
      item.line.add(fill(Phrase::drift_bound, finding.binding->kind + " " + finding.binding->name));
    }
    const auto& differences = finding.differences;
    for (std::size_t i = 0; i < differences.size(); ++i) {
      const Difference& each = differences[i];
      item.items.push_back({base::one_line(each.what) + ": " + in_words(each)});
      // One request that sets several right is said behind the last of them.
      const bool comes_again = i + 1 < differences.size() && differences[i + 1].change == each.change;
      if (each.change && !comes_again) item.items.push_back({fill(Phrase::drift_change, request_line(*each.change))});
    }
    for (const Note& note : finding.unseen) item.items.push_back({filled(note, options_.language)});
    if (finding.step != nullptr && finding.verdict == Verdict::unseen && !finding.step->request)
      item.items.push_back({confirmation_of(finding)});
    if (finding.verdict == Verdict::differs) add_statements(finding, item);
    return item;
  }

  // One value beside the other; of lists, what is missing and what is there beyond.
  [[nodiscard]] std::string in_words(const Difference& each) const {
    if (each.is_value) {
      return std::string(text(Phrase::drift_wanted)) + " " + listed(each.wanted_only, each.what) +
             std::string(text(Phrase::list_semicolon)) + std::string(text(Phrase::drift_live)) + " " +
             listed(each.live_only, each.what);
    }
    std::string words;
    if (!each.wanted_only.empty()) words = fill(Phrase::drift_missing, listed(each.wanted_only, each.what));
    if (each.live_only.empty()) return words;
    if (!words.empty()) words += text(Phrase::list_semicolon);
    return words + fill(Phrase::drift_beyond, listed(each.live_only, each.what));
  }

  [[nodiscard]] std::string request_line(const Request& request) const {
    const CallInfo& call = info(request.call);
    std::string line =
        std::string(call.method) + " https://" + std::string(address_of(call.host, options_.region)) + path_of(request);
    for (const Value::Object* part : {&request.query, &request.body}) {
      if (!part->empty()) line += " " + to_json(object(*part));
    }
    return base::one_line(line);
  }

  [[nodiscard]] std::string confirmation_of(const Finding& finding) const {
    const auto& confirmed = finding.confirmed;
    if (!confirmed) return std::string(text(Phrase::drift_never));
    return base::fill(confirmed->stale ? Phrase::drift_stale : Phrase::drift_confirmed, options_.language,
                      {one_line(confirmed->on), one_line(confirmed->by)});
  }

  void add_statements(const Finding& finding, Item& item) const {
    const auto add = [&](source::Span span, std::string what) {
      if (!span.is_none())
        what += "  (" + sources_.name(span.source) + ":" +
                std::to_string(sources_.position(span.source, span.begin).line) + ")";
      item.items.push_back({what});
    };
    if (finding.binding != nullptr)
      return add(finding.binding->span, "bind " + finding.binding->kind + " " + finding.binding->name);
    for (const model::RuleId rule : finding.step->rules) add(model_[rule].spans.statement, model_[rule].reference());
  }

  [[nodiscard]] std::vector<Item> extras_of(const Drift& drift, bool counts) const {
    std::vector<Item> items;
    for (const Extra& extra : drift.extras) {
      if (extra.counts != counts) continue;
      Item& item = items.emplace_back(
          Item{{counts ? Mark::widening : Mark::platform, filled(extra.what, options_.language)}, {}});
      if (extra.take_away) item.items.push_back({fill(Phrase::drift_take_away, request_line(*extra.take_away))});
    }
    return items;
  }

  // The root of the departments is the whole organisation.
  [[nodiscard]] std::string listed(const std::vector<std::string>& ids, std::string_view what) const {
    if (ids.empty()) return std::string(text(Phrase::drift_nothing));
    const bool has_departments = what.ends_with("DeptIds") || what.ends_with("dept_ids");
    std::string line;
    for (std::size_t i = 0; i < std::min(ids.size(), max_listed); ++i) {
      line += (i > 0 ? std::string(text(Phrase::list_comma)) : "") + base::one_line(ids[i]);
      if (has_departments && ids[i] == "1") line += " (" + std::string(text(Phrase::drift_root)) + ")";
    }
    if (ids.size() > max_listed)
      line += std::string(text(Phrase::list_comma)) + fill(Phrase::drift_more, std::to_string(ids.size() - max_listed));
    return line;
  }

  const model::Model& model_;
  const source::SourceMap& sources_;
  const DriftOptions& options_;
};

class JsonRenderer {
 public:
  JsonRenderer(const model::Model& model, const source::SourceMap& sources, Region region)
      : model_(model), sources_(sources), region_(region) {}

  std::string run(const Drift& drift, const Tenant& tenant) {
    json_.begin_object();
    json_.key("ok").boolean(drift.is_clean() && drift.has_seen());
    json_.key("seen").boolean(drift.has_seen());
    json_.key("policy").string(model_.policy.name);
    json_.key("collected").string(tenant.collected);
    json_.key("summary").begin_object(base::JsonWriter::Layout::line);
    for (const Verdict verdict : {Verdict::agrees, Verdict::differs, Verdict::unseen})
      json_.key(to_string(verdict)).number(static_cast<std::int64_t>(count(drift, verdict)));
    json_.key("extra").number(static_cast<std::int64_t>(count_extras(drift, true)));
    json_.end_object();
    json_.key("steps").begin_array();
    for (const Finding& finding : drift.findings) {
      if (finding.step != nullptr) write(finding);
    }
    json_.end_array();
    json_.key("bindings").begin_array();
    for (const Finding& finding : drift.findings) {
      if (finding.binding != nullptr) write(finding);
    }
    json_.end_array();
    json_.key("extra").begin_array();
    for (const Extra& extra : drift.extras) {
      json_.begin_object(base::JsonWriter::Layout::line);
      write_note(extra.what);
      json_.key("counts").boolean(extra.counts);
      if (extra.take_away) write_request("take_away", *extra.take_away);
      json_.end_object();
    }
    json_.end_array();
    json_.key("notes").begin_array();
    for (const Note& note : drift.notes) json_.string(filled(note, base::Language::en));
    json_.end_array();
    json_.end_object();
    return json_.take();
  }

 private:
  void write(const Finding& finding) {
    json_.begin_object();
    if (finding.step != nullptr) {
      json_.key("step").string(finding.step->id);
      json_.key("kind").string(to_string(finding.step->kind));
      json_.key("title").string(finding.step->title.front());
    } else {
      json_.key("bind").string(finding.binding->kind + "." + finding.binding->name);
      json_.key("id").string(finding.binding->id);
    }
    json_.key("verdict").string(to_string(finding.verdict));
    if (!finding.differences.empty()) write_differences(finding);
    if (!finding.unseen.empty()) {
      json_.key("unseen").begin_array();
      for (const Note& note : finding.unseen) {
        json_.begin_object(base::JsonWriter::Layout::line);
        write_note(note);
        json_.end_object();
      }
      json_.end_array();
    }
    if (finding.confirmed) {
      json_.key("confirmed").begin_object(base::JsonWriter::Layout::line);
      json_.key("by").string(finding.confirmed->by);
      json_.key("on").string(finding.confirmed->on);
      json_.key("stale").boolean(finding.confirmed->stale);
      json_.end_object();
    }
    if (finding.verdict == Verdict::differs) write_statements(finding);
    json_.end_object();
  }

  void write_differences(const Finding& finding) {
    json_.key("differences").begin_array();
    for (const Difference& each : finding.differences) {
      json_.begin_object(base::JsonWriter::Layout::line);
      json_.key("what").string(each.what);
      json_.key("wanted").strings(each.wanted_only);
      json_.key("live").strings(each.live_only);
      if (each.change) write_request("change", *each.change);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_statements(const Finding& finding) {
    json_.key("statements").begin_array();
    const auto write_one = [&](const std::string& what, source::Span span) {
      json_.begin_object(base::JsonWriter::Layout::line);
      json_.key("statement").string(what);
      if (!span.is_none()) {
        json_.key("file").string(sources_.name(span.source));
        json_.key("line").number(sources_.position(span.source, span.begin).line);
      }
      json_.end_object();
    };
    if (finding.binding != nullptr) {
      write_one("bind " + finding.binding->kind + " " + finding.binding->name, finding.binding->span);
    } else {
      for (const model::RuleId rule : finding.step->rules)
        write_one(model_[rule].reference(), model_[rule].spans.statement);
    }
    json_.end_array();
  }

  void write_request(std::string_view key, const Request& request) {
    const CallInfo& call = info(request.call);
    json_.key(key).begin_object(base::JsonWriter::Layout::line);
    json_.key("method").string(call.method);
    json_.key("host").string(address_of(call.host, region_));
    json_.key("path").string(path_of(request));
    json_.key("query");
    dingtalk::write(json_, object(request.query));
    json_.key("body");
    dingtalk::write(json_, object(request.body));
    json_.end_object();
  }

  void write_note(const Note& note) {
    std::string name(base::identifier(note.phrase));
    constexpr std::string_view prefix = "drift_";
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
    json_.key("code").string(name);
    json_.key("about").strings(note.details);
    json_.key("text").string(filled(note, base::Language::en));
  }

  const model::Model& model_;
  const source::SourceMap& sources_;
  Region region_;
  base::JsonWriter json_;
};

}  // namespace

document::Document document_of(const Drift& drift, const Tenant& tenant, const model::Model& model,
                               const source::SourceMap& sources, const DriftOptions& options) {
  return DocumentMaker{model, sources, options}.run(drift, tenant);
}

std::vector<document::Count> lights_of(const Drift& drift, base::Language language) {
  std::vector<document::Count> lights;
  const auto add = [&](Mark mark, Phrase what, std::size_t number) {
    const std::string words = base::fill(Phrase::pair, language, {base::text(what, language), std::to_string(number)});
    if (number > 0) lights.push_back({mark, words, std::string(base::identifier(what))});
  };
  add(Mark::deny, Phrase::drift_differs, count(drift, Verdict::differs));
  add(Mark::widening, Phrase::drift_extra, count_extras(drift, true));
  add(Mark::attention, Phrase::drift_unseen, count(drift, Verdict::unseen));
  add(Mark::done, Phrase::drift_agrees, count(drift, Verdict::agrees));
  return lights;
}

std::string render_json(const Drift& drift, const Tenant& tenant, const model::Model& model,
                        const source::SourceMap& sources, Region region) {
  return JsonRenderer{model, sources, region}.run(drift, tenant);
}

}  // namespace farol::dingtalk
