// From what differs to what is sent.
#pragma once

#include <string>
#include <vector>

#include "apply/plan.h"
#include "target/dingtalk/bindings.h"

namespace farol::apply {

class Planning {
 public:
  // `first` has the steps that make the roles for which ids of the state's model stand in.
  Planning(const State& state, const dingtalk::AdminConfig& first, base::Language language, Plan& plan)
      : state_(state), first_(first), bindings_(state.model), language_(language), plan_(plan) {}
  void run();

 private:
  void make_roles();
  void take_finding(const dingtalk::Finding& finding);
  void take_step(const dingtalk::Finding& finding);
  void take_extras();
  // The step's own request, without what is there already or is set right by another one.
  [[nodiscard]] std::vector<dingtalk::Request> own_requests(const dingtalk::Finding& finding) const;
  void add(dingtalk::Request request, const std::string& title, const dingtalk::Step* step, std::string produces = {});
  // Why a request is not made, for it would shut out whoever makes the changes; empty: it would not.
  [[nodiscard]] std::string locks_out(const dingtalk::Request& request) const;
  [[nodiscard]] std::string words(const dingtalk::Note& note) const;
  void leave(const std::string& what, const std::string& why);

  const State& state_;
  const dingtalk::AdminConfig& first_;
  const dingtalk::Bindings bindings_;
  base::Language language_;
  Plan& plan_;
};

// Puts ids in the place of what is not bound; what is not among them stays.
[[nodiscard]] dingtalk::Request resolved(const dingtalk::Request& request,
                                         const std::map<std::string, std::string>& ids);
// What comes earlier has a lower number: roles and their members, then what closes, then what opens, and rules of the
// address book are taken away once the new ones are there.
[[nodiscard]] int place_of(const Action& action);
[[nodiscard]] Action::Kind kind_of(const dingtalk::Request& request);

}  // namespace farol::apply
