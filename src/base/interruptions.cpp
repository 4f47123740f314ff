#include "base/interruptions.h"

namespace farol::base {
namespace {

volatile std::sig_atomic_t noted_signal = 0;
volatile std::sig_atomic_t is_held = 0;

extern "C" void note_signal(int signal) { noted_signal = signal; }

}  // namespace

Interruptions::Interruptions() {
  constexpr std::array<int, 4> noted_ones = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  constexpr std::array<int, 2> errors_instead = {SIGPIPE, SIGXFSZ};
  noted_signal = 0;
  is_held = 1;
  auto next = saved_.begin();
  const auto replace = [&](int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;  // without SA_RESTART: a call that waits is to come back
    next->signal = signal;
    next->replaced = ::sigaction(signal, nullptr, &next->action) == 0 && next->action.sa_handler != SIG_IGN &&
                     ::sigaction(signal, &action, nullptr) == 0;
    ++next;
  };
  for (const int signal : noted_ones) replace(signal, note_signal);
  for (const int signal : errors_instead) replace(signal, SIG_IGN);
}

Interruptions::~Interruptions() {
  for (const Saved& each : saved_) {
    if (each.replaced) static_cast<void>(::sigaction(each.signal, &each.action, nullptr));
  }
  is_held = 0;
  if (noted_signal != 0) static_cast<void>(::raise(noted_signal));
}

bool Interruptions::noted() { return noted_signal != 0; }
bool Interruptions::are_held() { return is_held != 0; }

}  // namespace farol::base
