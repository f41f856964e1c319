// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/fetch/http_download_part.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include "linchpin/table/files/atomic_file.h"

namespace linchpin {
namespace fs = std::filesystem;

PartFile::PartFile(fs::path target, std::string url)
    : target_(std::move(target)), path_(target_.string() + ".part"), url_(std::move(url)) {}

PartFile::PartFile(PartFile&& other) noexcept
    : target_(std::move(other.target_)),
      path_(std::move(other.path_)),
      url_(std::move(other.url_)),
      mark_(std::move(other.mark_)),
      size_(other.size_),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

PartFile::~PartFile() {
  if (descriptor_ < 0) return;
  // What cannot be resumed is of no use to anybody.
  if (size_ == 0 || mark_.empty()) discard();
  if (descriptor_ >= 0) ::close(descriptor_);
}

fs::path PartFile::origin_path() const { return path_.string() + ".from"; }

tl::unexpected<Error> PartFile::failure(char const* action) const {
  return fail(ErrorCode::unwritable_output,
              fmt::format("{} ({})", action, std::generic_category().message(errno)),
              path_.string(), "free some space, or choose another folder with --cache");
}

Result<PartFile> PartFile::open(fs::path const& target, std::string const& url) {
  PartFile file(target, url);
  std::error_code problem;
  fs::create_directories(target.parent_path(), problem);
  if (problem) {
    errno = problem.value();
    return file.failure("the folder for downloads cannot be made");
  }
  do {
    if (file.descriptor_ >= 0) ::close(file.descriptor_);
    file.descriptor_ = ::open(file.path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file.descriptor_ < 0) return file.failure("the file cannot be made");
    if (::flock(file.descriptor_, LOCK_EX | LOCK_NB) != 0) {
      ::close(std::exchange(file.descriptor_, -1));
      return fail(ErrorCode::unwritable_output, "another program is downloading this file",
                  file.path_.string(), "wait until it has finished");
    }
    // Between the two calls the other program may have finished and renamed or removed the file.
  } while (!file.is_in_place());
  file.take_up();
  return file;
}

bool PartFile::is_in_place() const noexcept {
  struct stat ours{}, there{};
  return ::fstat(descriptor_, &ours) == 0 && ::lstat(path_.c_str(), &there) == 0 &&
         ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

void PartFile::take_up() {
  struct stat status{};
  std::ifstream origin(origin_path());
  std::string url, mark;
  bool const known = std::getline(origin, url) && std::getline(origin, mark) && url == url_;
  if (known && !mark.empty() && ::fstat(descriptor_, &status) == 0 && status.st_size > 0) {
    size_ = static_cast<std::uint64_t>(status.st_size);
    mark_ = std::move(mark);
    ::lseek(descriptor_, 0, SEEK_END);
  } else if (::ftruncate(descriptor_, 0) != 0) {
    size_ = 0;
  }
}

Result<void> PartFile::restart(std::string const& mark) {
  if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0) {
    return failure("writing failed");
  }
  size_ = 0;
  mark_ = mark;
  std::error_code ignored;
  fs::remove(origin_path(), ignored);
  if (mark.empty()) return {};
  return write_text_atomically(origin_path(), url_ + "\n" + mark + "\n");
}

Result<void> PartFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      size_ += static_cast<std::uint64_t>(count);
    } else if (count < 0 && errno != EINTR) {
      return failure("writing failed");
    }
  }
  return {};
}

Result<void> PartFile::flush() {
  if (::fsync(descriptor_) == 0 || errno == EINVAL || errno == EROFS) return {};
  return failure("writing failed");
}

Result<void> PartFile::commit() {
  if (::rename(path_.c_str(), target_.c_str()) != 0) {
    return failure("the finished file cannot be put in its place");
  }
  std::error_code ignored;
  fs::remove(origin_path(), ignored);
  ::close(std::exchange(descriptor_, -1));
  return {};
}

void PartFile::discard() noexcept {
  std::error_code ignored;
  fs::remove(origin_path(), ignored);
  fs::remove(path_, ignored);
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  size_ = 0;
}

}  // namespace linchpin
