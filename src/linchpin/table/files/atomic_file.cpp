// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "linchpin/core/contracts.h"

namespace linchpin {
namespace fs = std::filesystem;
namespace {

constexpr mode_t new_file_mode = 0666;  // less the user's umask
constexpr int most_temporary_names = 1000;

std::string hint_for(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
      return "free some space, or write to another disk";
    case EFBIG:
      return "raise the file size limit (ulimit -f), or write to another disk";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a folder you may write to";
    case ENAMETOOLONG:
      return "choose a shorter name";
    default:
      return "choose another output path";
  }
}

tl::unexpected<Error> refuse(std::string what, fs::path const& path, std::string hint) {
  return fail(ErrorCode::unwritable_output, std::move(what), path.string(), std::move(hint));
}

}  // namespace

AtomicFile::AtomicFile(fs::path target) : target_(std::move(target)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      made_folders_(std::exchange(other.made_folders_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile::~AtomicFile() { discard(); }

Result<AtomicFile> AtomicFile::create(fs::path const& path) {
  std::error_code ignored;
  if (path.empty() || !path.has_filename()) {
    return refuse("this is not a file name", path, "name the file to write");
  }
  auto const status = fs::status(path, ignored);
  if (fs::is_directory(status)) {
    return refuse("there is a folder of this name", path, "name a file inside it");
  }
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    return refuse("this is a device or pipe, not a file", path, "name a regular file");
  }
  // A link keeps pointing where it points: the file behind it is replaced.
  auto const real = fs::is_symlink(fs::symlink_status(path, ignored)) && fs::exists(status)
                        ? fs::canonical(path, ignored)
                        : path;
  AtomicFile file(real.empty() ? path : real);
  if (auto const done = file.make_folders(); !done) return fail(done.error());
  if (auto const done = file.open_temporary(); !done) return fail(done.error());
  return file;
}

Result<void> AtomicFile::make_folders() {
  std::vector<fs::path> missing;
  std::error_code problem;
  for (auto folder = target_.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    auto const status = fs::status(folder, problem);
    if (fs::is_directory(status)) break;
    // Beneath a regular file the system answers "not a directory" rather than "not found".
    if (fs::exists(status)) {
      return refuse(
          fmt::format("'{}' is a file, so nothing can be written beneath it", folder.string()),
          target_, "choose another folder");
    }
    if (!fs::exists(fs::symlink_status(folder, problem))) missing.push_back(folder);
    if (folder == folder.parent_path()) break;
  }
  std::reverse(missing.begin(), missing.end());
  for (auto const& folder : missing) {
    fs::create_directory(folder, problem);
    if (problem) return failure("the output folder cannot be made", problem.value());
    made_folders_.push_back(folder);
  }
  return {};
}

Result<void> AtomicFile::open_temporary() {
  // The process id keeps programs apart, the number threads and leftovers.
  for (int attempt = 0; attempt < most_temporary_names; ++attempt) {
    auto candidate = target_.parent_path() /
                     fmt::format(".linchpin-{}-{}.partial", static_cast<long>(::getpid()), attempt);
    int const descriptor =
        ::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, new_file_mode);
    if (descriptor >= 0) {
      descriptor_ = descriptor;
      temporary_ = std::move(candidate);
      return {};
    }
    if (errno != EEXIST) return failure("the file cannot be made", errno);
  }
  return failure("the file cannot be made", EEXIST);
}

Result<void> AtomicFile::write(std::string_view bytes) {
  LINCHPIN_EXPECTS(descriptor_ >= 0);
  while (!bytes.empty()) {
    auto const count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (count < 0 && errno != EINTR) {
      return failure("writing failed", errno);
    }
  }
  return {};
}

Result<void> AtomicFile::commit() {
  LINCHPIN_EXPECTS(descriptor_ >= 0);
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
    return failure("writing failed", errno);
  }
  // Some file systems report a full disk only here.
  if (::close(std::exchange(descriptor_, -1)) != 0) return failure("writing failed", errno);
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    return failure("the finished file cannot be put in its place", errno);
  }
  temporary_.clear();
  made_folders_.clear();
  return {};
}

tl::unexpected<Error> AtomicFile::failure(std::string_view action, int code) const {
  return refuse(fmt::format("{} ({})", action, std::generic_category().message(code)), target_,
                hint_for(code));
}

void AtomicFile::discard() noexcept {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  // Only folders that are still empty go; somebody else may have put a file there meanwhile.
  for (auto folder = made_folders_.rbegin(); folder != made_folders_.rend(); ++folder) {
    ::rmdir(folder->c_str());
  }
}

Result<void> write_text_atomically(fs::path const& path, std::string_view bytes) {
  auto file = AtomicFile::create(path);
  if (!file) return fail(file.error());
  if (auto const done = file->write(bytes); !done) return done;
  return file->commit();
}

}  // namespace linchpin
