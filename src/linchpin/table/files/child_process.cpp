// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

#include "linchpin/core/contracts.h"

extern char** environ;  // NOLINT: POSIX

namespace linchpin {
namespace {

constexpr int alive_descriptor = child_answer_descriptor + 1;
constexpr int cannot_start = 127;
constexpr int slices_per_second = 20;

// Sanitizers reserve terabytes of address space, so a limit on it would stop every program.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool limit_address_space = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
constexpr bool limit_address_space = false;
#else
constexpr bool limit_address_space = true;
#endif
#else
constexpr bool limit_address_space = true;
#endif

class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() { close(); }
  void close() noexcept {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }
  void reset(int number) noexcept {
    close();
    number_ = number;
  }
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  int number_;
};

void limit(__rlimit_resource resource, std::uint64_t most, std::uint64_t warning) noexcept {
  rlimit const value{warning, most};
  ::setrlimit(resource, &value);
}

/// Everything the child needs, made before it exists: between fork and exec nothing may be
/// allocated, because another thread may have held the allocator's lock.
struct Preparation {
  char const* program;
  char* const* arguments;
  char* const* environment;
  ChildLimits limits;
  pid_t parent;
  int answer;
  int alive;
};

/// Moves both descriptors to their numbers, by way of numbers that are surely neither.
bool place_descriptors(Preparation const& made) noexcept {
  int const answer = ::fcntl(made.answer, F_DUPFD, alive_descriptor + 1);
  int const alive = ::fcntl(made.alive, F_DUPFD, alive_descriptor + 1);
  int const nothing = ::open("/dev/null", O_RDWR);
  return answer >= 0 && alive >= 0 && nothing >= 0 && ::dup2(nothing, STDIN_FILENO) >= 0 &&
         ::dup2(nothing, STDOUT_FILENO) >= 0 && ::dup2(nothing, STDERR_FILENO) >= 0 &&
         ::dup2(answer, child_answer_descriptor) >= 0 && ::dup2(alive, alive_descriptor) >= 0 &&
         ::close_range(alive_descriptor + 1, ~0U, 0) == 0;
}

[[noreturn]] void become(Preparation const& made) noexcept {
  ::setpgid(0, 0);  // so that everything it may start can be ended together
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (::getppid() != made.parent || !place_descriptors(made)) ::_exit(cannot_start);
  limit(RLIMIT_CORE, 0, 0);
  // The system ends it with SIGXCPU at the first limit, with a plain SIGKILL at the second.
  limit(RLIMIT_CPU, made.limits.cpu_seconds + 1, made.limits.cpu_seconds);
  limit(RLIMIT_FSIZE, made.limits.answer, made.limits.answer);
  if (limit_address_space) limit(RLIMIT_AS, made.limits.memory, made.limits.memory);
  ::execve(made.program, made.arguments, made.environment);
  ::_exit(cannot_start);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

tl::unexpected<Error> system_failed(char const* action) {
  return fail(ErrorCode::internal,
              fmt::format("{} ({})", action, std::generic_category().message(errno)),
              "child process", "close other programs and try again");
}

}  // namespace

ChildRun::ChildRun(ChildRun&& other) noexcept
    : end(other.end),
      code(other.code),
      answer_(std::exchange(other.answer_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

ChildRun& ChildRun::operator=(ChildRun&& other) noexcept {
  std::swap(end, other.end);
  std::swap(code, other.code);
  std::swap(answer_, other.answer_);
  std::swap(size_, other.size_);
  return *this;
}

ChildRun::~ChildRun() {
  if (answer_ != nullptr) ::munmap(const_cast<std::byte*>(answer_), size_);
}

/// One child from start to end.
class ChildProcess {
 public:
  ChildProcess(ChildLimits const& limits, RunControl const& control)
      : limits_(limits), control_(control) {}
  ChildProcess(ChildProcess const&) = delete;
  ChildProcess& operator=(ChildProcess const&) = delete;
  ~ChildProcess() {
    if (child_ <= 0) return;
    stop();
    (void)collect();
  }

  Result<void> start(std::filesystem::path const& program,
                     std::vector<std::string> const& arguments);
  Result<ChildRun> finish();

 private:
  void stop() const noexcept {
    ::kill(-child_, SIGKILL);
    ::kill(child_, SIGKILL);  // it may not have reached its own group yet
  }
  /// Waits for the end, which has come or is near, and returns the wait status.
  int collect() noexcept {
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0) {
      if (errno == EINTR) continue;
      status = 0;  // the host program ignores SIGCHLD: only the answer can tell
      break;
    }
    child_ = -1;
    return status;
  }
  Result<void> map_answer(ChildRun& run) const;

  ChildLimits limits_;
  RunControl const& control_;
  Descriptor answer_;
  Descriptor alive_;  // reading end: hangs up when the child is gone
  pid_t child_ = -1;
};

Result<void> ChildProcess::start(std::filesystem::path const& program,
                                 std::vector<std::string> const& arguments) {
  if (::access(program.c_str(), X_OK) != 0) {
    return fail(ErrorCode::file_not_found,
                fmt::format("the program that reads untrusted files cannot be run ({})",
                            std::generic_category().message(errno)),
                program.string(), "install linchpin again");
  }
  answer_.reset(::memfd_create("linchpin-answer", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (answer_.number() < 0) return system_failed("no memory can be shared with a child process");
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return system_failed("no pipe can be made");
  alive_.reset(ends[0]);
  Descriptor const writing(ends[1]);

  std::vector<std::string> words{program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> settings;
  for (auto* each = environ; each != nullptr && *each != nullptr; ++each) {
    if (!std::string_view{*each}.starts_with("HDF5_PLUGIN_P")) settings.emplace_back(*each);
  }
  // Large arrays in large pages, where the system leaves the choice: fewer page faults.
  constexpr std::string_view tunables = "GLIBC_TUNABLES=";
  if (std::none_of(settings.begin(), settings.end(),
                   [&](auto const& each) { return each.starts_with(tunables); })) {
    settings.emplace_back("GLIBC_TUNABLES=glibc.malloc.hugetlb=1");
  }
  // A file must not be able to name a library to load.
  settings.emplace_back("HDF5_PLUGIN_PRELOAD=::");
  auto const argument_pointers = pointers(words);
  auto const setting_pointers = pointers(settings);
  Preparation const made{
      words.front().c_str(), argument_pointers.data(), setting_pointers.data(), limits_, ::getpid(),
      answer_.number(),      writing.number()};
  child_ = ::fork();
  if (child_ == 0) become(made);
  if (child_ < 0) return system_failed("no child process can be made");
  return {};
}

Result<ChildRun> ChildProcess::finish() {
  ChildRun run;
  // Slices instead of a clock; signals wait for the end of a slice so that none cuts it short.
  sigset_t all;
  sigfillset(&all);
  timespec const slice{0, 1'000'000'000 / slices_per_second};
  auto left = std::uint64_t{limits_.wall_seconds} * slices_per_second;
  pollfd hang_up{alive_.number(), POLLIN, 0};
  while (::ppoll(&hang_up, 1, &slice, &all) == 0) {
    bool const cancelled = control_.cancel.cancelled();
    if (!cancelled && left-- > 0) continue;
    run.end = cancelled ? ChildRun::End::cancelled : ChildRun::End::out_of_time;
    stop();
    break;
  }
  int const status = collect();
  if (run.end != ChildRun::End::exited) return run;
  if (WIFSIGNALED(status)) {
    run.code = WTERMSIG(status);
    run.end = run.code == SIGXCPU ? ChildRun::End::out_of_time : ChildRun::End::killed;
    return run;
  }
  run.code = WEXITSTATUS(status);
  if (run.code == cannot_start) {
    return fail(ErrorCode::internal, "the program that reads untrusted files did not start",
                "child process", "install linchpin again, or free some memory");
  }
  if (auto const done = map_answer(run); !done) return fail(done.error());
  return run;
}

Result<void> ChildProcess::map_answer(ChildRun& run) const {
  struct stat status{};
  // Sealed, it can neither shrink under the mapping nor change after a check, whoever holds it.
  constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  if (::fcntl(answer_.number(), F_ADD_SEALS, seals) != 0 ||
      ::fstat(answer_.number(), &status) != 0) {
    return system_failed("the answer of a child process cannot be kept");
  }
  auto const size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return {};
  auto* const memory =
      ::mmap(nullptr, size, PROT_READ, MAP_SHARED | MAP_POPULATE, answer_.number(), 0);
  if (memory == MAP_FAILED) return system_failed("the answer of a child process cannot be read");
  run.answer_ = static_cast<std::byte const*>(memory);
  run.size_ = size;
  return {};
}

Result<ChildRun> run_child(std::filesystem::path const& program,
                           std::vector<std::string> const& arguments, ChildLimits const& limits,
                           RunControl const& control) {
  ChildProcess child(limits, control);
  if (auto const started = child.start(program, arguments); !started) {
    return fail(started.error());
  }
  return child.finish();
}

std::string signal_name(int number) {
  auto const* name = ::sigabbrev_np(number);
  return name == nullptr ? fmt::format("signal {}", number) : fmt::format("SIG{}", name);
}

}  // namespace linchpin
