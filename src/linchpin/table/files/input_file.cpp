// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace linchpin {
namespace {

std::string system_message(int code) { return std::generic_category().message(code); }

}  // namespace

InputFile::InputFile(int descriptor, std::uint64_t size, std::string name) noexcept
    : descriptor_(descriptor), size_(size), name_(std::move(name)) {}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      position_(other.position_),
      name_(std::move(other.name_)) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  std::swap(position_, other.position_);
  std::swap(name_, other.name_);
  return *this;
}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<InputFile> InputFile::open(std::filesystem::path const& path) {
  auto const name = path.string();
  // Non-blocking, so that a named pipe cannot hang the program before it is recognised.
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    int const problem = errno;
    if (problem == ENOENT || problem == ENOTDIR) {
      return fail(ErrorCode::file_not_found, "there is no such file", name,
                  "check the path and the spelling");
    }
    return fail(ErrorCode::unreadable_file,
                fmt::format("the file cannot be opened ({})", system_message(problem)), name,
                "check the permissions of the file and its folder");
  }
  struct stat status{};
  bool const known = ::fstat(descriptor, &status) == 0;
  InputFile file(descriptor, known ? static_cast<std::uint64_t>(status.st_size) : 0, name);
  if (known && S_ISDIR(status.st_mode)) {
    return fail(ErrorCode::unreadable_file, "this is a folder, not a file", name,
                "name a file inside it");
  }
  if (!known || !S_ISREG(status.st_mode)) {
    return fail(ErrorCode::unreadable_file, "this is not a regular file", name,
                "save the data to a file first: it is read more than once");
  }
  return file;
}

Result<std::size_t> InputFile::read(std::span<char> buffer) {
  for (;;) {
    auto const count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count >= 0) {
      position_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
    if (errno == EINTR) continue;
    return fail(ErrorCode::unreadable_file,
                fmt::format("reading failed ({})", system_message(errno)), name_,
                "check the disk or the network drive");
  }
}

}  // namespace linchpin
