#include "syntax/library_loader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "library/library.h"

namespace farol::syntax {
namespace {

const Block* block_of(const Statement& statement) {
  if (const auto* declaration = std::get_if<Declaration>(&statement.node))
    return declaration->block ? &*declaration->block : nullptr;
  if (const auto* context = std::get_if<ContextDeclaration>(&statement.node))
    return context->block ? &*context->block : nullptr;
  if (const auto* fact = std::get_if<Fact>(&statement.node)) return &fact->block;
  return nullptr;
}

std::optional<std::string_view> number_in(const Attribute& attribute) {
  if (attribute.key.text != "since" || attribute.values.empty()) return std::nullopt;
  const auto* number = std::get_if<Number>(&attribute.values.front());
  return number == nullptr ? std::nullopt : std::optional<std::string_view>(number->text);
}

// The version in which an entry first stood.
std::optional<std::string_view> since(const Statement& statement) {
  if (const auto* check = std::get_if<Check>(&statement.node)) {
    for (const CheckPart& part : check->parts) {
      if (const auto version = number_in(part.attribute)) return version;
    }
  }
  const Block* block = block_of(statement);
  if (block == nullptr) return std::nullopt;
  for (const Attribute& attribute : block->attributes) {
    if (const auto version = number_in(attribute)) return version;
  }
  return std::nullopt;
}

std::vector<std::string> known_versions(const File& file) {
  std::vector<std::string> versions;
  for (const Statement& statement : file.statements) {
    const auto version = since(statement);
    if (version && std::find(versions.begin(), versions.end(), *version) == versions.end())
      versions.emplace_back(*version);
  }
  std::sort(versions.begin(), versions.end(), is_older);
  return versions;
}

class LibraryLoader {
 public:
  LibraryLoader(const Limits& limits, source::SourceMap& sources, diag::Sink& sink)
      : limits_(limits), sources_(sources), sink_(sink) {}

  std::vector<Library> run(const std::vector<File>& files) {
    std::map<std::pair<bool, std::string>, std::vector<const Use*>> uses;  // packs last
    for (const File& file : files) {
      for (const Statement& statement : file.statements) {
        const auto* use = std::get_if<Use>(&statement.node);
        if (use != nullptr) uses[{use->pack, use->name.text}].push_back(use);
      }
    }
    std::vector<Library> libraries;
    for (const auto& [library, each] : uses) {
      if (auto loaded = load(library.second, library.first, each)) libraries.push_back(std::move(*loaded));
    }
    return libraries;
  }

 private:
  std::optional<Library> load(const std::string& name, bool pack, const std::vector<const Use*>& uses) {
    const auto entries = pack ? library::packs() : library::all();
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const library::Embedded& entry) { return entry.name == name; });
    if (found == entries.end()) {
      for (const Use* use : uses) report_unknown(*use);
      return std::nullopt;
    }
    const source::SourceId id =
        sources_.add((pack ? "<pack>/" : "<library>/") + name + ".farol", std::string(found->text), true);
    Library library{name, pack, "", parse(sources_, id, sink_, limits_)};
    const std::vector<std::string> versions = known_versions(library.file);
    library.version = choose_version(name, uses, versions);
    std::erase_if(library.file.statements, [&](const Statement& statement) {
      const auto version = since(statement);
      return version && is_older(library.version, *version);
    });
    return library;
  }

  // The version that is written, where it is known; else the newest, so that names are still found.
  std::string choose_version(const std::string& name, const std::vector<const Use*>& uses,
                             const std::vector<std::string>& versions) {
    const std::string newest = versions.empty() ? "" : versions.back();
    const Use* chosen = nullptr;
    for (const Use* use : uses) {
      if (!use->version) {
        report_unpinned(*use, newest);
      } else if (std::find(versions.begin(), versions.end(), use->version->text) == versions.end()) {
        report_unknown_version(name, *use->version, versions);
      } else if (chosen == nullptr) {
        chosen = use;
      } else if (chosen->version->text != use->version->text) {
        report_two_versions(*chosen, *use);
      }
    }
    return chosen != nullptr ? chosen->version->text : newest;
  }

  void report_unknown(const Use& use) {
    auto diagnostic = diag::make(diag::Code::unknown_name, use.name.span,
                                 message::unknown_thing(use.pack ? "pack" : "library", use.name.text));
    std::vector<std::string_view> names;
    for (const library::Embedded& entry : use.pack ? library::packs() : library::all()) names.push_back(entry.name);
    if (const auto nearest = base::find_nearest(use.name.text, names)) {
      diagnostic.help = message::did_you_mean(std::string{*nearest});
      diagnostic.fixes.push_back(
          {message::write_name(std::string{*nearest}), {}, {{use.name.span, std::string(*nearest)}}});
    } else {
      diagnostic.help = message::there_is({names.begin(), names.end()});
    }
    sink_.report(std::move(diagnostic));
  }

  void report_unpinned(const Use& use, const std::string& newest) {
    auto diagnostic =
        diag::make(diag::Code::unpinned_library, use.name.span, message::used_without_version(use.name.text, newest));
    diagnostic.help = message::version_keeps_the_meaning();
    const source::Span behind{use.name.span.source, use.name.span.end, use.name.span.end};
    diagnostic.fixes.push_back({message::use_version(newest), {}, {{behind, " " + newest}}});
    sink_.report(std::move(diagnostic));
  }

  void report_unknown_version(const std::string& name, const Number& version,
                              const std::vector<std::string>& versions) {
    auto diagnostic =
        diag::make(diag::Code::unknown_version, version.span, message::has_no_version(name, version.text));
    if (!versions.empty()) {
      constexpr std::size_t most = 5;
      const std::vector<std::string> newest(
          versions.rbegin(), versions.rbegin() + static_cast<std::ptrdiff_t>(std::min(most, versions.size())));
      diagnostic.help = message::newest_is(newest.front());
      for (std::size_t i = 1; i < newest.size(); ++i)
        diagnostic.help = message::before_it(std::move(diagnostic.help), newest[i]);
      diagnostic.fixes.push_back({message::use_version(newest.front()), {}, {{version.span, newest.front()}}});
    }
    sink_.report(std::move(diagnostic));
  }

  void report_two_versions(const Use& first, const Use& second) {
    auto diagnostic =
        diag::make(diag::Code::duplicate_name, second.version->span,
                   message::used_at_two_versions(second.name.text, first.version->text, second.version->text));
    diagnostic.labels.push_back({first.version->span, message::the_other_version()});
    diagnostic.help = message::one_version_of_each_library();
    sink_.report(std::move(diagnostic));
  }

  const Limits& limits_;
  source::SourceMap& sources_;
  diag::Sink& sink_;
};

// The next component as digits without leading zeros, which compare like numbers of any length.
std::string_view take_component(std::string_view& version) {
  const std::size_t dot = std::min(version.find('.'), version.size());
  std::string_view component = version.substr(0, dot);
  version.remove_prefix(std::min(dot + 1, version.size()));
  component.remove_prefix(std::min(component.find_first_not_of('0'), component.size()));
  return component;
}

}  // namespace

bool is_older(std::string_view version, std::string_view other) {
  while (!version.empty() || !other.empty()) {
    const std::string_view a = take_component(version);
    const std::string_view b = take_component(other);
    if (a != b) return std::pair(a.size(), a) < std::pair(b.size(), b);
  }
  return false;
}

std::vector<Library> load_libraries(const std::vector<File>& files, const Limits& limits, source::SourceMap& sources,
                                    diag::Sink& sink) {
  return LibraryLoader(limits, sources, sink).run(files);
}

}  // namespace farol::syntax
