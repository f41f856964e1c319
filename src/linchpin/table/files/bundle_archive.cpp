// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/bundle_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "linchpin/table/files/input_file.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 18;
// A table compresses a few hundred times at most; data that grow more are made to fill memory.
constexpr std::uint64_t growth_checked_from = std::uint64_t{256} << 20;
constexpr std::uint64_t most_growth = 1500;

struct Close {
  void operator()(archive* handle) const noexcept { archive_read_free(handle); }
};
using Handle = std::unique_ptr<archive, Close>;

tl::unexpected<Error> damaged(archive* handle, std::string const& where) {
  auto const* reason = handle == nullptr ? nullptr : archive_error_string(handle);
  return fail(ErrorCode::unreadable_file,
              fmt::format("the archive cannot be read ({})",
                          reason == nullptr ? "unknown error" : printable(reason)),
              where, "download or copy the file again; unpack encrypted archives first");
}

Result<Handle> open(std::filesystem::path const& path) {
  if (auto const file = InputFile::open(path); !file) return fail(file.error());
  Handle handle(archive_read_new());
  if (!handle) return damaged(nullptr, path.string());
  archive_read_support_filter_gzip(handle.get());
  archive_read_support_filter_zstd(handle.get());
  archive_read_support_filter_bzip2(handle.get());
  archive_read_support_filter_xz(handle.get());
  archive_read_support_format_zip(handle.get());
  archive_read_support_format_tar(handle.get());
  if (archive_read_open_filename(handle.get(), path.c_str(), block_size) != ARCHIVE_OK) {
    return damaged(handle.get(), path.string());
  }
  return handle;
}

bool grows_too_much(std::uint64_t produced, std::uint64_t consumed) noexcept {
  return produced > growth_checked_from && produced / most_growth > consumed;
}

tl::unexpected<Error> bomb(std::string where) {
  return fail(
      ErrorCode::bad_format,
      fmt::format("the data grow over {} times when unpacked: this is no table", most_growth),
      std::move(where), "get the file from its publisher");
}

/// Empty if the name may stand in an archive of tables.
std::string_view name_fault(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name.front() == '/' || name.front() == '\\') return "is absolute";
  if (name.size() > 1 && name[1] == ':') return "names a drive";
  for (std::size_t start = 0; start <= name.size();) {
    auto const stop = std::min(name.size(), name.find_first_of("/\\", start));
    if (name.substr(start, stop - start) == "..") return "climbs out of the archive";
    start = stop + 1;
  }
  return {};
}

// What is kept of the content of each member, and of all, before it is kept short.
constexpr std::size_t longest_start = std::size_t{64} << 10;
constexpr std::size_t short_start = std::size_t{1} << 10;
constexpr std::size_t most_kept = std::size_t{64} << 20;

/// The first bytes of the member at hand, as far as they can be read: whoever reads it in full
/// says what is wrong with it.
std::string start_of(archive* handle, std::size_t most) {
  std::string start(most, '\0');
  std::size_t size = 0;
  while (size < most) {
    auto const count = archive_read_data(handle, start.data() + size, most - size);
    if (count <= 0) break;
    size += static_cast<std::size_t>(count);
  }
  start.resize(size);
  start.shrink_to_fit();
  return start;
}

/// Goes to the end of the member at hand where that means unpacking it (in a compressed tar), so
/// that a bomb is noticed on the way; false if it is one.
bool pass_over(archive* handle) {
  if (archive_filter_code(handle, 0) == ARCHIVE_FILTER_NONE) return true;
  void const* block = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  while (archive_read_data_block(handle, &block, &size, &offset) == ARCHIVE_OK) {
    auto const unpacked = archive_filter_bytes(handle, 0);
    auto const packed = archive_filter_bytes(handle, -1);
    if (unpacked > 0 && packed > 0 &&
        grows_too_much(static_cast<std::uint64_t>(unpacked), static_cast<std::uint64_t>(packed))) {
      return false;
    }
  }
  return true;
}

class MemberSource final : public ByteSource {
 public:
  MemberSource(Handle handle, std::uint64_t file_size, std::string name)
      : handle_(std::move(handle)), file_size_(file_size), name_(std::move(name)) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    auto const count = archive_read_data(handle_.get(), buffer.data(), buffer.size());
    if (count < 0) return damaged(handle_.get(), name_);
    produced_ += static_cast<std::uint64_t>(count);
    if (grows_too_much(produced_, consumed())) return bomb(name_);
    return static_cast<std::size_t>(count);
  }
  std::uint64_t consumed() const noexcept override {
    return static_cast<std::uint64_t>(
        std::max<la_int64_t>(0, archive_filter_bytes(handle_.get(), -1)));
  }
  std::uint64_t file_size() const noexcept override { return file_size_; }

 private:
  Handle handle_;
  std::uint64_t file_size_;
  std::uint64_t produced_ = 0;
  std::string name_;
};

/// Whether data that ByteSource does not unpack (xz, bzip2) hold a tar archive.
bool holds_archive(std::filesystem::path const& path) {
  auto const handle = open(path);
  archive_entry* entry = nullptr;
  return handle && archive_read_next_header(handle->get(), &entry) == ARCHIVE_OK;
}

}  // namespace

Result<bool> looks_like_archive(std::filesystem::path const& path) {
  auto source = open_bytes(path);
  if (!source && source.error().code == ErrorCode::bad_format && holds_archive(path)) return true;
  if (!source) return fail(source.error());
  constexpr std::size_t magic_place = 257;
  std::array<char, 512> start{};
  std::size_t size = 0;
  while (size < start.size()) {
    auto const count = (*source)->read(std::span(start).subspan(size));
    if (!count || *count == 0) break;  // damaged: whoever reads it in full will say so
    size += *count;
  }
  std::string_view const text{start.data(), size};
  if (text.starts_with("PK\x03\x04") || text.starts_with("PK\x05\x06")) return true;
  return size == start.size() && text.substr(magic_place, 5) == "ustar";
}

Result<std::vector<ArchiveMember>> archive_members(std::filesystem::path const& path,
                                                   std::size_t most) {
  auto handle = open(path);
  if (!handle) return fail(handle.error());
  std::vector<ArchiveMember> members;
  std::unordered_set<std::string> seen;
  std::size_t kept = 0;  // bytes of all starts
  for (;;) {
    archive_entry* entry = nullptr;
    auto const status = archive_read_next_header(handle->get(), &entry);
    if (status == ARCHIVE_EOF) return members;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
      return damaged(handle->get(), path.string());
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    auto const* raw = archive_entry_pathname(entry);
    std::string const name = raw == nullptr ? "" : raw;
    if (auto const fault = name_fault(name); !fault.empty()) {
      return fail(
          ErrorCode::bad_format,
          fmt::format("the archive holds a file whose name '{}' {}", printable(name), fault),
          path.string(), "get the archive from its publisher");
    }
    if (archive_entry_is_encrypted(entry) != 0) {
      return fail(ErrorCode::unreadable_file, fmt::format("'{}' is encrypted", printable(name)),
                  path.string(), "unpack it with its password first");
    }
    if (!seen.insert(name).second) {
      return fail(ErrorCode::bad_format,
                  fmt::format("the archive holds '{}' twice", printable(name)), path.string(),
                  "get the archive from its publisher");
    }
    if (members.size() == most) {
      return fail(ErrorCode::bad_format, fmt::format("the archive holds over {} files", most),
                  path.string(), "unpack the part that is a table and name that");
    }
    members.push_back(
        {name, start_of(handle->get(), kept < most_kept ? longest_start : short_start)});
    kept += members.back().start.size();
    if (!pass_over(handle->get())) return bomb(path.string());
  }
}

Result<std::unique_ptr<ByteSource>> open_archive_member(std::filesystem::path const& path,
                                                        std::string const& member) {
  auto handle = open(path);
  if (!handle) return fail(handle.error());
  auto const where = path.string() + ":" + member;
  std::error_code failure;
  auto const size = std::filesystem::file_size(path, failure);
  for (;;) {
    archive_entry* entry = nullptr;
    auto const status = archive_read_next_header(handle->get(), &entry);
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged(handle->get(), where);
    auto const* name = archive_entry_pathname(entry);
    if (name == nullptr || name != member) continue;
    auto source = std::make_unique<MemberSource>(std::move(*handle), failure ? 0 : size, where);
    return decompressed(std::move(source), where);
  }
}

}  // namespace linchpin
