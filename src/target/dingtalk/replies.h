// What replies of the platform look like: where they have what is asked for, and how they tell that it was done.
//
// Places are JSON pointers (RFC 6901), in which `*` stands for each item of a list: `/result/list/*/roles`. The empty
// pointer is the whole reply.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "target/dingtalk/calls.h"

namespace farol::dingtalk {

// Where a reply has what a call shows: an object inside of it, and there the list of items; without a list the object
// is the one item.
struct Shape {
  Call call;
  std::string_view within, list;
};
// All calls of which records are made have one; for another it is a fault of the program.
[[nodiscard]] const Shape& shape_of(Call call);

// Returns where a reply has what a call shows: its items, or the object itself. Nullopt if nothing is known.
[[nodiscard]] std::optional<std::string> shown_at(Call call);

// A sign by which a reply tells that a call was refused, whatever the status of HTTP.
struct Sign {
  std::string_view pointer;
  bool must_be_zero = false;  // an `errcode`, as a number or a text; else it must not be `false` where it is there
};
// Those that the documentation of the call's host has; none of a call that answers nothing.
[[nodiscard]] std::span<const Sign> signs_of(Call call);

// What a reply has of something that was made: `/roleId` of a role.
struct Produced {
  Call call;
  std::string_view kind;  // of the binding (bindings.h) that it is for: `role`, or the whole key
  std::string_view pointer;
};
[[nodiscard]] const Produced* find_produced(Call call);  // null if a reply has no id

// A call that finds ids by what their things are called, and changes nothing.
struct Lookup {
  std::string_view kind;  // of the binding
  Call call;
  std::string_view items, name, id;  // the latter two within an item; no name: all items
};
[[nodiscard]] const Lookup* find_lookup(std::string_view kind);  // null if no call of ours finds it

}  // namespace farol::dingtalk
