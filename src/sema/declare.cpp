#include <algorithm>
#include <array>
#include <type_traits>

#include "diag/messages_sema.h"
#include "sema/phases.h"
#include "sema/schemas.h"

namespace farol::sema {
namespace {

using model::ActsOn;
using syntax::Declaration;

template <class Node>
struct Named {
  Symbol* symbol = nullptr;
  Entry<Node> entry;
};
template <class Node>
using NamedList = std::vector<Named<Node>>;

constexpr Kind kind_of(Declaration::Kind kind) {
  switch (kind) {
    case Declaration::Kind::data: return Kind::data;
    case Declaration::Kind::store: return Kind::store;
    case Declaration::Kind::app: return Kind::app;
    case Declaration::Kind::group: return Kind::group;
    case Declaration::Kind::place: return Kind::place;
    case Declaration::Kind::department: return Kind::department;
    case Declaration::Kind::role: return Kind::role;
    case Declaration::Kind::feature: return Kind::feature;
    case Declaration::Kind::control: return Kind::control;
  }
  return Kind::fact;
}

// No feature's name continues another's with a dot: what is a namespace is no feature.
class Leaves {
 public:
  explicit Leaves(diag::Sink& sink) : sink_(sink) {}

  // False, and a report, where a feature that was entered before stands in the way.
  bool enter(const Symbol& feature) {
    if (const auto below = below_.find(feature.name); below != below_.end()) {
      report(feature, *below->second, message::goes_on_below);
      return false;
    }
    for_each_namespace(feature.name, [&](std::string_view space) { below_.try_emplace(space, &feature); });
    features_.emplace(feature.name, &feature);
    const Symbol* above = nullptr;
    for_each_namespace(feature.name, [&](std::string_view space) {
      if (const auto found = features_.find(space); found != features_.end()) above = found->second;
    });
    if (above != nullptr) report(feature, *above, message::goes_on_above);
    return above == nullptr;
  }

 private:
  template <class Each>
  static void for_each_namespace(std::string_view name, const Each& each) {
    for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1))
      each(name.substr(0, dot));
  }
  void report(const Symbol& second, const Symbol& first, diag::Text (*clash)(std::string, std::string)) {
    auto finding =
        diag::make(diag::Code::duplicate_name, second.span, clash(std::string{second.name}, std::string{first.name}));
    finding.labels.push_back({first.span, message::declared_first(std::string{first.name})});
    sink_.report(std::move(finding));
  }

  diag::Sink& sink_;
  std::unordered_map<std::string_view, const Symbol*> features_, below_;
};

// Goes through all statements in their order, so that of two equal names the later one is the second.
class Declarer {
 public:
  explicit Declarer(Resolution& resolution) : resolution_(resolution), leaves_(resolution.sink) {}

  void declare_all() {
    for (const Statements::Any& each : resolution_.statements.all()) {
      std::visit(
          [&]<class Node>(const Node& node) {
            declare(Entry<Node>{each.statement, &node, each.library});
          },
          each.statement->node);
    }
    for (const syntax::BrokenStatement* broken : resolution_.statements.broken) {
      for (const syntax::Name& name : broken->declares) resolution_.names.declare_unread(name.text);
    }
  }

  std::array<NamedList<Declaration>, kind_count> things;
  NamedList<syntax::ContextDeclaration> contexts;
  std::vector<Named<syntax::Tiers>> tiers;  // one entry for each tier

 private:
  // The statements that declare nothing.
  template <class Node>
  void declare(const Entry<Node>&) {}

  void declare(const Entry<syntax::PolicyDeclaration>& policy) {
    if (policy.library) return;
    report_second(policy_, policy.statement, "policy");
  }

  void declare(const Entry<syntax::Tiers>& statement) {
    if (report_second(tiers_, statement.statement, "tiers")) {
      for (const syntax::Name& name : statement.node->names) resolution_.names.declare_unread(name.text);
      return;
    }
    for (const syntax::Name& name : statement.node->names) {
      if (Symbol* symbol = resolution_.names.declare(name, Kind::tier, statement.library))
        tiers.push_back({symbol, statement});
    }
  }

  void declare(const Entry<Declaration>& declaration) {
    const Kind kind = kind_of(declaration.node->kind);
    Symbol* symbol = resolution_.names.declare(declaration.node->name, kind, declaration.library);
    if (symbol == nullptr) return;
    if (kind == Kind::feature && !leaves_.enter(*symbol)) {
      symbol->broken = true;
      return;
    }
    add_titles(*declaration.node);
    things[static_cast<std::size_t>(kind)].push_back({symbol, declaration});
  }

  void declare(const Entry<syntax::ContextDeclaration>& context) {
    Symbol* symbol = resolution_.names.declare(context.node->name, Kind::context, context.library);
    if (symbol != nullptr) contexts.push_back({symbol, context});
  }

  void declare(const Entry<syntax::ConditionDeclaration>& condition) {
    number(resolution_.names.declare(condition.node->name, Kind::condition, condition.library), condition,
           resolution_.conditions);
  }

  void declare(const Entry<syntax::SetDeclaration>& set) {
    const auto kind = static_cast<std::size_t>(set.node->kind);
    constexpr std::array list_kinds = {Kind::role_list, Kind::feature_list, Kind::object_list};
    const std::array lists = {&resolution_.role_lists, &resolution_.feature_lists, &resolution_.object_lists};
    number(resolution_.names.declare(set.node->name, list_kinds[kind], set.library), set, *lists[kind]);
  }

  void declare(const Entry<syntax::Fact>& fact) {
    if (!fact.node->name) return;
    if (is_fact_kind(fact.node->kind.text))
      resolution_.names.declare(*fact.node->name, Kind::fact, fact.library, fact.node->kind.text);
    else
      resolution_.names.declare_unread(fact.node->name->text);
  }

  void add_titles(const Declaration& declaration) {
    if (!declaration.block) return;
    for (const syntax::Attribute& attribute : declaration.block->attributes) {
      const std::string_view key = attribute.key.text;
      if (key != "title" && !key.starts_with("title.")) continue;
      if (const auto* title = std::get_if<syntax::String>(&attribute.values.front()))
        resolution_.names.add_title(title->text, declaration.name.text);
    }
  }

  template <class Node>
  static void number(Symbol* symbol, const Entry<Node>& entry, Origins<Node>& table) {
    if (symbol == nullptr) return;
    symbol->index = static_cast<std::uint32_t>(table.size());
    table.push_back(entry);
  }

  // Of a kind of statement that a policy has once.
  bool report_second(const syntax::Statement*& first, const syntax::Statement* statement, std::string_view word) {
    if (first == nullptr) {
      first = statement;
      return false;
    }
    auto finding =
        diag::make(diag::Code::duplicate_name, statement->span, message::second_statement(std::string{word}));
    finding.labels.push_back({first->span, message::the_first()});
    resolution_.sink.report(std::move(finding));
    return true;
  }

  Resolution& resolution_;
  Leaves leaves_;
  const syntax::Statement* policy_ = nullptr;
  const syntax::Statement* tiers_ = nullptr;
};

template <class Item, class Node>
Item make_declared(const Named<Node>& named) {
  Item item;
  item.name = named.symbol->name;
  item.doc = named.entry.statement->doc;
  item.span = named.symbol->span;
  item.library = named.entry.library;
  return item;
}

// Fills a table in the order of `less`, and tells each name its place.
template <class Item, class Node, class Less = std::less<>>
void fill(NamedList<Node>& list, std::vector<Item>& table, Origins<Node>& origins, const Less& less = {}) {
  std::sort(list.begin(), list.end(),
            [&](const auto& a, const auto& b) { return less(a.symbol->name, b.symbol->name); });
  table.reserve(table.size() + list.size());
  for (const Named<Node>& named : list) {
    named.symbol->index = static_cast<std::uint32_t>(table.size());
    table.push_back(make_declared<Item>(named));
    origins.push_back(named.entry);
  }
}

void fill_tiers(Resolution& resolution, const std::vector<Named<syntax::Tiers>>& tiers) {
  auto& table = resolution.model.tiers;
  for (const auto& named : tiers) {
    named.symbol->index = static_cast<std::uint32_t>(table.size());
    table.push_back(make_declared<model::Tier>(named));
    table.back().doc.clear();  // it is about the whole list
    resolution.tiers.push_back(named.entry);
  }
  if (table.empty()) table.emplace_back();
}

// `data files { tier: secret }`: the tier where other attributes stand. The fix says it behind the name.
std::optional<diag::Fix> fix_of_tier_in_block(const Resolution& resolution, const Declaration& data) {
  if (!data.block) return std::nullopt;
  const auto& attributes = data.block->attributes;
  const auto written = std::find_if(attributes.begin(), attributes.end(),
                                    [](const syntax::Attribute& each) { return each.key.text == "tier"; });
  if (written == attributes.end() || written->values.size() != 1) return std::nullopt;
  const source::Span value = syntax::span_of(written->values.front());
  const std::string_view tier = resolution.sources.text(value);
  const auto& tiers = resolution.model.tiers;
  if (std::none_of(tiers.begin(), tiers.end(), [&](const model::Tier& each) { return each.name == tier; }))
    return std::nullopt;
  const std::string text = data.name.text + ": " + std::string(tier);
  const source::Span name = data.name.span;
  if (attributes.size() == 1)
    return diag::Fix{message::write_name(text), {}, {{{name.source, name.begin, data.block->span.end}, text}}};
  // With the blanks up to the next attribute.
  const auto next = std::next(written);
  const std::uint32_t end = next == attributes.end() ? value.end : next->key.span.begin;
  return diag::Fix{message::write_name(text), {}, {{name, text}, {{name.source, written->key.span.begin, end}, ""}}};
}

// The tier of a data class. None: it cannot be told, and uses of the class are left out.
model::TierId find_tier(Resolution& resolution, const Named<Declaration>& data) {
  const Declaration& declaration = *data.entry.node;
  const auto& tiers = resolution.model.tiers;
  if (declaration.tier) {
    const Symbol* tier = resolution.names.resolve(*declaration.tier, wanted::tier);
    return tier == nullptr ? model::TierId::none() : model::TierId{tier->index};
  }
  if (tiers.size() == 1) return model::TierId{0};
  auto finding =
      diag::make(diag::Code::bad_attribute, declaration.name.span, message::is_at_no_tier(declaration.name.text));
  finding.labels.push_back({tiers.front().span, message::tiers_declared_here()});
  if (auto fix = fix_of_tier_in_block(resolution, declaration)) {
    finding.fixes.push_back(std::move(*fix));
  } else {
    const std::string text = declaration.name.text + ": " + tiers.back().name;
    finding.fixes.push_back({message::put_at_highest_tier(text), {}, {{declaration.name.span, text}}});
  }
  resolution.sink.report(std::move(finding));
  return model::TierId::none();
}

void add_object(Resolution& resolution, model::Object object, const Entry<Declaration>& origin) {
  resolution.model.objects.push_back(std::move(object));
  resolution.objects.push_back(origin);
}

// Tiers, data, apps …, then any other app …, then the point of the features that act on nothing.
void fill_objects(Resolution& resolution, std::array<NamedList<Declaration>, kind_count>& things) {
  constexpr std::array named_kinds = {Kind::data, Kind::app, Kind::group, Kind::place, Kind::department};
  constexpr std::array acts_on = {ActsOn::data, ActsOn::app, ActsOn::group, ActsOn::place, ActsOn::department};
  for (std::size_t i = 0; i < resolution.model.tiers.size(); ++i) {
    model::Object object;
    static_cast<model::Declared&>(object) = resolution.model.tiers[i];
    object.kind = ActsOn::tier;
    object.tier = model::TierId{i};
    add_object(resolution, std::move(object), {});
  }
  for (std::size_t k = 0; k < named_kinds.size(); ++k) {
    auto& list = things[static_cast<std::size_t>(named_kinds[k])];
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.symbol->name < b.symbol->name; });
    for (const Named<Declaration>& named : list) {
      auto object = make_declared<model::Object>(named);
      object.kind = acts_on[k];
      if (object.kind == ActsOn::data) object.tier = find_tier(resolution, named);
      named.symbol->broken = object.kind == ActsOn::data && object.tier.is_none();
      named.symbol->index = static_cast<std::uint32_t>(resolution.model.objects.size());
      if (!named.symbol->broken) add_object(resolution, std::move(object), named.entry);
    }
  }
  for (const ActsOn kind : {ActsOn::app, ActsOn::group, ActsOn::place, ActsOn::department, ActsOn::nothing}) {
    model::Object object;
    object.kind = kind;
    object.other = kind != ActsOn::nothing;
    add_object(resolution, std::move(object), {});
  }
  resolution.model.index_objects();
}

// The features are sorted, so each namespace is a range, and one stack holds those that are open.
void fill_namespaces(Resolution& resolution) {
  auto& features = resolution.model.features;
  auto& namespaces = resolution.model.namespaces;
  std::vector<model::NamespaceId> open;
  const auto close_until = [&](std::size_t depth, std::size_t end) {
    for (; open.size() > depth; open.pop_back()) namespaces[open.back().index()].last = static_cast<std::uint32_t>(end);
  };
  const auto contains = [](std::string_view space, std::string_view name) {
    return name.size() > space.size() && name.starts_with(space) && name[space.size()] == '.';
  };
  for (std::size_t i = 0; i < features.size(); ++i) {
    const std::string_view name = features[i].name;
    std::size_t depth = 0;
    while (depth < open.size() && contains(namespaces[open[depth].index()].name, name)) ++depth;
    close_until(depth, i);
    auto dot = name.find('.', open.empty() ? 0 : namespaces[open.back().index()].name.size() + 1);
    for (; dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
      const auto first = static_cast<std::uint32_t>(i);
      namespaces.push_back(
          {std::string(name.substr(0, dot)), open.empty() ? model::NamespaceId{} : open.back(), first, first});
      open.push_back(model::NamespaceId{namespaces.size() - 1});
    }
    if (!open.empty()) features[i].name_space = open.back();
  }
  close_until(0, features.size());
  for (std::size_t i = 0; i < namespaces.size(); ++i)
    resolution.namespaces.emplace(namespaces[i].name, model::NamespaceId{i});
}

// What could not be read may have declared any name.
bool may_lack_declarations(const Resolution& resolution) {
  const syntax::Program& program = resolution.program;
  const auto is_loaded = [&](const syntax::Use& use) {
    return std::any_of(program.libraries.begin(), program.libraries.end(),
                       [&](const syntax::Library& library) { return library.name == use.name.text && !library.pack; });
  };
  const auto opens_file = [&](const syntax::BrokenStatement* broken) {
    const std::string_view text = resolution.sources.text(broken->span);
    return text.starts_with("use") || text.starts_with("include");
  };
  const auto& uses = resolution.statements.of<syntax::Use>();
  const auto& broken = resolution.statements.broken;
  return program.incomplete || std::any_of(broken.begin(), broken.end(), opens_file) ||
         std::any_of(uses.begin(), uses.end(),
                     [&](const auto& use) { return !use.node->pack && !is_loaded(*use.node); });
}

}  // namespace

void declare_names(Resolution& resolution) {
  if (may_lack_declarations(resolution)) resolution.names.expect_unread();
  const auto& libraries = resolution.program.libraries;
  if (std::all_of(libraries.begin(), libraries.end(), [](const auto& library) { return library.pack; }))
    resolution.names.suggest_libraries();
  Declarer declarer(resolution);
  declarer.declare_all();
  auto& things = declarer.things;
  model::Model& model = resolution.model;
  fill_tiers(resolution, declarer.tiers);
  fill(things[static_cast<std::size_t>(Kind::role)], model.roles, resolution.roles);
  fill(things[static_cast<std::size_t>(Kind::feature)], model.features, resolution.features, model::feature_less);
  fill(things[static_cast<std::size_t>(Kind::control)], model.controls, resolution.controls);
  fill(declarer.contexts, model.contexts, resolution.contexts);
  fill_objects(resolution, things);
  fill_namespaces(resolution);
  for (const Named<Declaration>& store : things[static_cast<std::size_t>(Kind::store)])
    resolution.stores.push_back(store.entry);
}

}  // namespace farol::sema
