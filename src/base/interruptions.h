// Signals that would end the process in the middle of something that has to be finished or undone.
#pragma once

#include <array>
#include <csignal>

namespace farol::base {

// While one is alive, SIGHUP, SIGINT, SIGQUIT and SIGTERM are noted instead of obeyed, and writing to a pipe that
// nobody reads, or over a limit of size, is an error of the call instead of the end of the process. What was noted is
// obeyed when it goes. What the process ignores stays ignored. One at a time, in programs of one thread.
class Interruptions {
 public:
  Interruptions();
  Interruptions(const Interruptions&) = delete;
  Interruptions& operator=(const Interruptions&) = delete;
  ~Interruptions();

  [[nodiscard]] static bool noted();
  // Returns true while one is alive: whoever ends the process now leaves work half done.
  [[nodiscard]] static bool are_held();

 private:
  struct Saved {
    int signal = 0;
    struct sigaction action {};
    bool replaced = false;
  };
  std::array<Saved, 6> saved_{};
};

}  // namespace farol::base
