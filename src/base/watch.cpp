#include "base/watch.h"

#include <chrono>
#include <thread>

#ifdef __linux__
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>
#endif

namespace farol::base {
namespace {

using namespace std::chrono_literals;

// What an editor does to save a file takes several steps.
constexpr auto until_saved = 50ms;
// Folders on other machines tell nothing, so they are looked at again.
constexpr auto between_looks = 1000ms;

#ifdef __linux__
// Returns false if the system cannot tell, or not about all of the folders.
bool is_told(const std::vector<std::string>& folders) {
  const int queue = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (queue < 0) return false;
  bool can = true;
  for (const std::string& folder : folders)
    can = ::inotify_add_watch(queue, folder.c_str(), IN_CLOSE_WRITE | IN_MOVE | IN_CREATE | IN_DELETE) >= 0 && can;
  pollfd waiting{queue, POLLIN, 0};
  const bool told = can && ::poll(&waiting, 1, static_cast<int>(between_looks.count())) > 0;
  ::close(queue);
  if (told) std::this_thread::sleep_for(until_saved);
  return can;
}
#else
bool is_told(const std::vector<std::string>&) { return false; }
#endif

}  // namespace

void wait_for_change(const std::vector<std::string>& folders) {
  if (!is_told(folders)) std::this_thread::sleep_for(between_looks);
}

}  // namespace farol::base
