// Preloaded into a program: its Nth request for memory fails, once, as mimalloc has it: what the program has registered
// for errors is called, and then the request comes back empty. FAROL_FAIL_ALLOCATION has N, 0 for none;
// FAROL_ALLOCATIONS names a file that is given, at the end, how many requests there were in all, and how many before
// the first file was made.
#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>

#include <dlfcn.h>
#include <fcntl.h>

namespace {

unsigned long requests = 0, before_first_file = 0, failing = 0;
bool is_known = false, is_resolving = false;

// What dlsym asks for while it looks for the functions behind these.
alignas(std::max_align_t) char early[4096];
std::size_t early_used = 0;
void* take_early(std::size_t size) {
  void* taken = early + early_used;
  early_used += (size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
  return early_used <= sizeof early ? taken : nullptr;
}

template <class Function>
Function next(const char* name) {
  is_resolving = true;
  auto* const found = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
  is_resolving = false;
  return found;
}

using ReportError = void(int error, void* argument);
ReportError* report_error = nullptr;
void* report_argument = nullptr;

bool fails() {
  if (!is_known) {
    is_known = true;
    const char* number = std::getenv("FAROL_FAIL_ALLOCATION");
    failing = number == nullptr ? 0 : std::strtoul(number, nullptr, 10);
  }
  if (++requests != failing) return false;
  if (report_error != nullptr) report_error(ENOMEM, report_argument);
  return true;
}

void* request_new(std::size_t size) {
  static const auto real = next<void* (*)(std::size_t)>("_Znwm");
  if (!fails()) return real(size);
  // As the standard has it: the handler makes room, throws, or ends the program.
  if (const std::new_handler handler = std::get_new_handler()) {
    handler();
    return real(size);
  }
  throw std::bad_alloc();
}

void report() {
  const char* name = std::getenv("FAROL_ALLOCATIONS");
  if (name == nullptr) return;
  const unsigned long all = requests;
  if (std::FILE* file = std::fopen(name, "w")) {
    std::fprintf(file, "%lu %lu\n", all, before_first_file);
    std::fclose(file);
  }
}

// The program ends so, and runs no destructors.
[[maybe_unused]] const int registered = std::at_quick_exit(report);

}  // namespace

void* operator new(std::size_t size) { return request_new(size); }
void* operator new[](std::size_t size) { return request_new(size); }
void* operator new(std::size_t size, const std::nothrow_t& tag) noexcept {
  static const auto real = next<void* (*)(std::size_t, const std::nothrow_t&)>("_ZnwmRKSt9nothrow_t");
  return fails() ? nullptr : real(size, tag);
}

extern "C" {

void mi_register_error(ReportError* function, void* argument) {
  static const auto real = next<void (*)(ReportError*, void*)>("mi_register_error");
  report_error = function;
  report_argument = argument;
  if (real != nullptr) real(function, argument);
}

void* malloc(std::size_t size) {
  if (is_resolving) return take_early(size);
  static const auto real = next<void* (*)(std::size_t)>("malloc");
  return fails() ? nullptr : real(size);
}
void* calloc(std::size_t count, std::size_t size) {
  if (is_resolving) return take_early(count * size);
  static const auto real = next<void* (*)(std::size_t, std::size_t)>("calloc");
  return fails() ? nullptr : real(count, size);
}
void* realloc(void* memory, std::size_t size) {
  static const auto real = next<void* (*)(void*, std::size_t)>("realloc");
  return fails() ? nullptr : real(memory, size);
}

int open(const char* path, int flags, ...) {
  static const auto real = next<int (*)(const char*, int, ...)>("open");
  unsigned mode = 0;
  if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
    std::va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, unsigned);
    va_end(rest);
    if (before_first_file == 0) before_first_file = requests;
  }
  return real(path, flags, mode);
}
}
