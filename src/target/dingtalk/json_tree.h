// JSON that knows where each value is: what a program wrote, and people have to find a mistake in.
#pragma once

#include "base/json_tree.h"

namespace farol::dingtalk {

using Node = base::JsonNode;
using Fault = base::JsonFault;
using base::read_json_tree;

}  // namespace farol::dingtalk
