#include "people/census.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include <nettle/sha2.h>

#include "base/sorted.h"
#include "base/text.h"
#include "decide/people.h"
#include "people/lines.h"
#include "people/role_names.h"

namespace farol::people {
namespace {

using model::RoleId;

using SetId = std::uint32_t;
constexpr SetId absent = std::numeric_limits<SetId>::max();

// Of an id: 128 bits of SHA-256 (FIPS 180-4), so that no two people are taken for one, not even on purpose.
struct Digest {
  std::uint64_t high = 0, low = 0;
  bool operator==(const Digest&) const = default;
};

Digest digest_of(std::string_view text) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  std::array<std::uint8_t, 16> bytes{};
  sha256_digest(&context, bytes.size(), bytes.data());
  Digest digest;
  for (std::size_t i = 0; i < 8; ++i) digest.high = digest.high << 8U | bytes[i];
  for (std::size_t i = 8; i < 16; ++i) digest.low = digest.low << 8U | bytes[i];
  return digest;
}

// Sets of roles, each once.
class Sets {
 public:
  Sets() { id_of({}); }

  [[nodiscard]] const Roles& operator[](SetId id) const { return *sets_[id]; }
  [[nodiscard]] std::size_t size() const { return sets_.size(); }
  SetId id_of(Roles roles) {
    base::sort_unique(roles);
    const auto [entry, fresh] = ids_.try_emplace(std::move(roles), static_cast<SetId>(sets_.size()));
    if (fresh) sets_.push_back(&entry->first);
    return entry->second;
  }
  SetId united(SetId a, SetId b) {
    if (a == b) return a;
    if (a > b) std::swap(a, b);
    const auto [entry, fresh] = unions_.try_emplace(std::uint64_t{a} << 32U | b, 0);
    if (fresh) entry->second = id_of(base::united(*sets_[a], *sets_[b]));
    return entry->second;
  }

 private:
  std::map<Roles, SetId> ids_;
  std::vector<const Roles*> sets_;
  std::unordered_map<std::uint64_t, SetId> unions_;
};

struct Entry {
  Digest digest;
  SetId now = absent, before = absent;
  std::uint32_t name = 0;                   // a hash of it; 0: none
  std::uint32_t line = 0, line_before = 0;  // the first ones; 0: a free slot where all are
  std::uint32_t line_past = 0;              // the first one whose last day is past
  bool several = false, two_names = false, shared = false;

  [[nodiscard]] bool is_free() const { return line == 0 && line_before == 0 && line_past == 0; }
};

// The people whose digests lie in a range, by open addressing. It grows up to its bound; then the range is halved, and
// those beyond it wait for another round.
class Table {
 public:
  Table(std::uint64_t low, std::uint64_t high, std::size_t slots)
      : low_(low), high_(high), max_slots_(slots), entries_(std::min<std::size_t>(slots, 1024)) {}

  [[nodiscard]] std::uint64_t high() const { return high_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  // Returns null if the digest is not in the range.
  Entry* find(const Digest& digest) {
    while (used_ * 4 >= entries_.size() * 3) make_room();
    if (digest.high < low_ || digest.high > high_) return nullptr;
    Entry& entry = slot(entries_, digest);
    if (entry.is_free()) {
      entry.digest = digest;
      ++used_;
    }
    return &entry;
  }

 private:
  static Entry& slot(std::vector<Entry>& entries, const Digest& digest) {
    std::size_t at = digest.low % entries.size();
    while (!entries[at].is_free() && !(entries[at].digest == digest)) at = (at + 1) % entries.size();
    return entries[at];
  }

  void make_room() {
    std::size_t size = entries_.size();
    if (size < max_slots_) {
      size = std::min(size * 2, max_slots_);
    } else {
      high_ = low_ + (high_ - low_) / 2;
    }
    std::vector<Entry> moved(size);
    used_ = 0;
    for (const Entry& entry : entries_) {
      if (entry.is_free() || entry.digest.high > high_) continue;
      slot(moved, entry.digest) = entry;
      ++used_;
    }
    entries_ = std::move(moved);
  }

  std::uint64_t low_, high_;
  std::size_t max_slots_, used_ = 0;
  std::vector<Entry> entries_;
};

// A group before its people have names: the first of their lines, of the list now or, for who left, of the one before.
struct Tally {
  std::uint64_t count = 0;
  std::vector<std::uint64_t> lines;  // a heap, the last one in front

  void add(std::uint64_t line) {
    ++count;
    if (lines.size() == max_named && line >= lines.front()) return;
    lines.push_back(line);
    std::push_heap(lines.begin(), lines.end());
    if (lines.size() <= max_named) return;
    std::pop_heap(lines.begin(), lines.end());
    lines.pop_back();
  }
};

class Taker {
 public:
  Taker(const model::Model& model, base::Date as_of, const List& now, const List* before, std::size_t slots)
      : model_(model), as_of_(as_of), now_(now), before_(before), slots_(slots), names_(model) {}

  std::variant<Census, BadList> run() {
    std::uint64_t low = 0;
    constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
    while (true) {
      Table table{low, last, slots_};
      if (!read(now_, [&](const Line& line) { note(line, table); })) return bad_;
      first_round_ = false;
      if (before_ != nullptr && !read(*before_, [&](const Line& line) { note_before(line, table); })) return bad_;
      for (const Entry& entry : table.entries()) {
        if (!entry.is_free()) count(entry);
      }
      if (by_roles_.size() > max_sets || moves_.size() > max_sets) return too_many();
      if (table.high() == last) break;
      low = table.high() + 1;
    }
    for (auto& [name, role] : unknown_) result_.unknown.push_back(std::move(role));
    if (!name_people()) return bad_;
    return std::move(result_);
  }

 private:
  // What the roles of a line mean; equal cells are looked up once.
  struct Meaning {
    SetId set = 0;
    std::vector<std::string> unknown;
    bool shared = false;
  };

  bool read(const List& list, const std::function<void(const Line&)>& take) {
    auto stream = list.open();
    if (auto* error = std::get_if<base::FileError>(&stream)) {
      bad_ = {list.name, error->reason};
      return false;
    }
    std::optional<std::string> problem = read_lines(*std::get<0>(stream), take);
    if (!problem && sets_.size() > 8 * max_sets) problem = too_many().reason;
    if (!problem) return true;
    bad_ = {list.name, std::move(*problem)};
    return false;
  }

  [[nodiscard]] BadList too_many() const {
    return {now_.name, "it has more than " + std::to_string(max_sets) + " different combinations of roles"};
  }

  [[nodiscard]] bool counts(const Line& line) const {
    return (!line.from || *line.from <= as_of_) && (!line.until || as_of_ <= *line.until);
  }

  void note(const Line& line, Table& table) {
    const Meaning& meaning = meaning_of(line.roles);
    if (first_round_) {
      ++result_.lines;
      if (!counts(line)) ++result_.undated;
    }
    if (!counts(line)) return note_past(line, table);
    if (first_round_) {
      for (const std::string& name : meaning.unknown) note_unknown(name, line.number);
    }
    Entry* entry = table.find(digest_of(line.id));
    if (entry == nullptr) return;
    const std::uint32_t name = line.name.empty() ? 0 : static_cast<std::uint32_t>(digest_of(line.name).low | 1U);
    if (entry->line == 0) {
      entry->line = static_cast<std::uint32_t>(line.number);
      entry->now = meaning.set;
    } else {
      entry->several = true;
      entry->now = sets_.united(entry->now, meaning.set);
    }
    if (entry->name != 0 && name != 0 && entry->name != name) entry->two_names = true;
    if (entry->name == 0) entry->name = name;
    // An account that is called like a role is hardly one person's.
    entry->shared = entry->shared || meaning.shared || names_.find(line.id) || names_.find(line.name);
  }

  void note_past(const Line& line, Table& table) {
    if (!line.until || as_of_ <= *line.until) return;
    Entry* entry = table.find(digest_of(line.id));
    if (entry != nullptr && entry->line_past == 0) entry->line_past = static_cast<std::uint32_t>(line.number);
  }

  void note_before(const Line& line, Table& table) {
    if (!counts(line)) return;
    Entry* entry = table.find(digest_of(line.id));
    if (entry == nullptr) return;
    const SetId set = meaning_of(line.roles).set;
    entry->before = entry->before == absent ? set : sets_.united(entry->before, set);
    if (entry->line_before == 0) entry->line_before = static_cast<std::uint32_t>(line.number);
  }

  void note_unknown(const std::string& name, std::uint64_t line) {
    const auto known = unknown_.find(name);
    if (known != unknown_.end()) {
      ++known->second.lines;
    } else if (unknown_.size() < max_listed) {
      unknown_.emplace(name, UnknownRole{name, 1, line});
    } else {
      ++result_.more_unknown;
    }
  }

  const Meaning& meaning_of(const std::string& roles) {
    constexpr std::size_t max_remembered = 100'000;
    const auto known = meanings_.find(roles);
    if (known != meanings_.end()) return known->second;
    if (meanings_.size() == max_remembered) meanings_.clear();
    return meanings_.emplace(roles, read_roles(roles)).first->second;
  }

  Meaning read_roles(std::string_view cell) {
    RoleNames::Found found = names_.read(cell);
    const bool shared = std::any_of(found.roles.begin(), found.roles.end(), [this](RoleId role) {
      const model::Attribute* said = model_[role].find("shared");
      return said != nullptr && said->values.front() == model::Value{true};
    });
    return {sets_.id_of(std::move(found.roles)), std::move(found.unknown), shared};
  }

  [[nodiscard]] Roles counting(SetId set) {
    const auto [entry, fresh] = counting_.try_emplace(set);
    if (fresh) entry->second = decide::counting(model_, sets_[set]);
    return entry->second;
  }

  void count(const Entry& entry) {
    const auto roles = [&](SetId set) { return set == absent ? std::nullopt : std::optional{counting(set)}; };
    const auto now = roles(entry.now), before = roles(entry.before);
    if (now) {
      ++result_.people;
      by_roles_[*now].add(entry.line);
      if (entry.several) ++result_.several_lines;
      if (entry.two_names) two_names_.add(entry.line);
      if (entry.shared) shared_.add(entry.line);
    } else if (entry.line_past != 0) {
      left_.add(entry.line_past);
    }
    if (before) ++result_.people_before;
    if (before_ != nullptr && now != before) moves_[{before, now}].add(now ? entry.line : entry.line_before);
  }

  // Reads the lists once more for the people that are to be named.
  bool name_people() {
    std::multimap<std::uint64_t, Group*> now, before;
    const auto want = [](const Tally& tally, Group& group, auto& lines) {
      group.count = tally.count;
      for (const std::uint64_t line : tally.lines) lines.emplace(line, &group);
    };
    for (const auto& [roles, tally] : by_roles_) want(tally, result_.by_roles[roles], now);
    for (const auto& [move, tally] : moves_) want(tally, result_.moves[move], move.after ? now : before);
    want(two_names_, result_.two_names, now);
    want(shared_, result_.shared, now);
    want(left_, result_.left, now);
    const auto name = [](const auto& wanted) {
      return [&wanted](const Line& line) {
        const auto [first, last] = wanted.equal_range(line.number);
        for (auto each = first; each != last; ++each) each->second->named.push_back({line.number, line.id, line.name});
      };
    };
    return (now.empty() || read(now_, name(now))) && (before.empty() || read(*before_, name(before)));
  }

  const model::Model& model_;
  base::Date as_of_;
  const List& now_;
  const List* before_;
  std::size_t slots_;
  RoleNames names_;
  Sets sets_;
  std::unordered_map<std::string, Meaning> meanings_;
  std::unordered_map<SetId, Roles> counting_;
  std::map<std::string, UnknownRole> unknown_;
  std::map<Roles, Tally> by_roles_;
  std::map<Census::Move, Tally> moves_;
  Tally two_names_, shared_, left_;
  bool first_round_ = true;
  BadList bad_;
  Census result_;
};

}  // namespace

std::variant<Census, BadList> take_census(const model::Model& model, base::Date as_of, const List& now,
                                          const List* before, std::size_t slots) {
  return Taker{model, as_of, now, before, slots}.run();
}

}  // namespace farol::people
