// A build without the network.
#include "https/https.h"

namespace farol::https {

std::variant<std::unique_ptr<apply::Transport>, std::string> connect(const apply::Connection&, const RunProgram&) {
  return "this farol was built without the network (FAROL_APPLY=OFF)";
}

}  // namespace farol::https
