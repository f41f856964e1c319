// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/byte_source.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/files/input_file.h"

namespace linchpin {
namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 18;
constexpr std::string_view gzip_magic{"\x1f\x8b", 2};
constexpr unsigned char gzip_first_byte = 0x1f;
constexpr std::string_view zstd_magic{"\x28\xb5\x2f\xfd", 4};
constexpr std::string_view xz_magic{"\xfd\x37zXZ\0", 6};
constexpr std::string_view bzip2_magic = "BZh";                     // a digit follows, then
constexpr std::string_view bzip2_block = "1AY&SY";                  // the first block,
constexpr std::string_view bzip2_end = "\x17\x72\x45\x38\x50\x90";  // or no block at all
constexpr std::size_t longest_magic = 10;

tl::unexpected<Error> damaged(std::string what, std::string const& file) {
  return fail(ErrorCode::unreadable_file, std::move(what), file,
              "download or copy the file again; compare its size with the original");
}

class FileSource final : public ByteSource {
 public:
  explicit FileSource(InputFile file) : file_(std::move(file)) {}
  Result<std::size_t> read(std::span<char> buffer) override { return file_.read(buffer); }
  std::uint64_t consumed() const noexcept override { return file_.position(); }
  std::uint64_t file_size() const noexcept override { return file_.size(); }

 private:
  InputFile file_;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    auto const count = bytes_.copy(buffer.data(), buffer.size(), position_);
    position_ += count;
    return count;
  }
  std::uint64_t consumed() const noexcept override { return position_; }
  std::uint64_t file_size() const noexcept override { return bytes_.size(); }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
};

/// Another source whose first bytes were read to recognise the compression.
class PeekedSource final : public ByteSource {
 public:
  PeekedSource(std::unique_ptr<ByteSource> rest, std::string start, std::string name)
      : rest_(std::move(rest)), start_(std::move(start)), name_(std::move(name)) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    if (start_.empty()) return rest_->read(buffer);
    auto const count = start_.copy(buffer.data(), buffer.size());
    start_.erase(0, count);
    return count;
  }
  std::uint64_t consumed() const noexcept override { return rest_->consumed(); }
  std::uint64_t file_size() const noexcept override { return rest_->file_size(); }
  [[nodiscard]] std::string const& name() const noexcept { return name_; }

 private:
  std::unique_ptr<ByteSource> rest_;
  std::string start_;
  std::string name_;
};

/// The program that unpacks what starts like this, if it is not read here; empty otherwise.
std::string_view foreign_program(std::string_view start) {
  if (start.starts_with(xz_magic)) return "xz";
  if (start.size() < longest_magic || !start.starts_with(bzip2_magic)) return {};
  auto const block = start.substr(bzip2_magic.size() + 1);
  return block == bzip2_block || block == bzip2_end ? "bzip2" : "";
}

class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(PeekedSource file) : file_(std::move(file)), input_(chunk_size) {
    constexpr int gzip_window = 15 + 16;
    ready_ = inflateInit2(&stream_, gzip_window) == Z_OK;
  }
  GzipSource(GzipSource const&) = delete;
  GzipSource& operator=(GzipSource const&) = delete;
  ~GzipSource() override { inflateEnd(&stream_); }

  Result<std::size_t> read(std::span<char> buffer) override {
    if (!ready_) return damaged("the gzip decoder cannot start", file_.name());
    stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream_.avail_out = static_cast<uInt>(buffer.size());
    while (stream_.avail_out == buffer.size()) {
      if (stream_.avail_in == 0) {
        auto const count = file_.read(input_);
        if (!count) return fail(count.error());
        if (*count == 0) {
          if (between_members_) return std::size_t{0};
          return damaged("the gzip data end early: the file is truncated", file_.name());
        }
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(*count);
      }
      // The first byte tells: one byte alone would look like a member cut short.
      if (between_members_ && (padded_ || *stream_.next_in != gzip_first_byte)) {
        if (auto const done = pass_over_padding(); !done) return fail(done.error());
        continue;
      }
      between_members_ = false;
      auto const status = inflate(&stream_, Z_NO_FLUSH);
      if (status == Z_STREAM_END) {  // a gzip file may consist of several members
        between_members_ = true;
        inflateReset(&stream_);
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        return damaged(fmt::format("the gzip data are damaged ({})",
                                   stream_.msg == nullptr ? "unknown error" : stream_.msg),
                       file_.name());
      }
    }
    return buffer.size() - stream_.avail_out;
  }
  std::uint64_t consumed() const noexcept override { return file_.consumed(); }
  std::uint64_t file_size() const noexcept override { return file_.file_size(); }

 private:
  /// Tapes and block devices fill the last block with zeros; nothing but those may follow.
  Result<void> pass_over_padding() {
    std::span const rest(stream_.next_in, stream_.avail_in);
    if (std::any_of(rest.begin(), rest.end(), [](Bytef each) { return each != 0; })) {
      return damaged("something else follows the gzip data", file_.name());
    }
    padded_ = true;
    stream_.avail_in = 0;
    return {};
  }

  PeekedSource file_;
  std::vector<char> input_;
  z_stream stream_{};
  bool ready_ = false;
  bool between_members_ = false;
  bool padded_ = false;
};

class ZstdSource final : public ByteSource {
 public:
  explicit ZstdSource(PeekedSource file)
      : file_(std::move(file)), input_(chunk_size), stream_(ZSTD_createDStream()) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    if (!stream_) return damaged("the zstd decoder cannot start", file_.name());
    ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
    while (output.pos == 0) {
      if (waiting_.pos == waiting_.size) {
        auto const count = file_.read(input_);
        if (!count) return fail(count.error());
        if (*count == 0 && between_frames_) return std::size_t{0};
        waiting_ = {input_.data(), *count, 0};
      }
      bool const no_more_input = waiting_.size == 0;
      auto const status = ZSTD_decompressStream(stream_.get(), &output, &waiting_);
      if (ZSTD_isError(status) != 0U) {
        return damaged(fmt::format("the zstd data are damaged ({})", ZSTD_getErrorName(status)),
                       file_.name());
      }
      between_frames_ = status == 0;
      if (no_more_input && output.pos == 0 && !between_frames_) {
        return damaged("the zstd data end early: the file is truncated", file_.name());
      }
    }
    return output.pos;
  }
  std::uint64_t consumed() const noexcept override { return file_.consumed(); }
  std::uint64_t file_size() const noexcept override { return file_.file_size(); }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const noexcept { ZSTD_freeDStream(stream); }
  };

  PeekedSource file_;
  std::vector<char> input_;
  std::unique_ptr<ZSTD_DStream, Free> stream_;
  ZSTD_inBuffer waiting_{nullptr, 0, 0};
  bool between_frames_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> decompressed(std::unique_ptr<ByteSource> source,
                                                 std::string name) {
  std::string start;
  while (start.size() < longest_magic) {
    std::array<char, longest_magic> buffer{};
    auto const count = source->read(std::span(buffer).first(longest_magic - start.size()));
    if (!count) return fail(count.error());
    if (*count == 0) break;
    start.append(buffer.data(), *count);
  }
  if (auto const program = foreign_program(start); !program.empty()) {
    return fail(ErrorCode::bad_format, fmt::format("the data are compressed with {}", program),
                name, fmt::format("unpack them first with `{} -d`", program));
  }
  bool const gzip = start.starts_with(gzip_magic);
  bool const zstd = start.starts_with(zstd_magic);
  PeekedSource peeked(std::move(source), std::move(start), std::move(name));
  if (gzip) return std::make_unique<GzipSource>(std::move(peeked));
  if (zstd) return std::make_unique<ZstdSource>(std::move(peeked));
  return std::make_unique<PeekedSource>(std::move(peeked));
}

std::unique_ptr<ByteSource> source_of(std::string bytes) {
  return std::make_unique<MemorySource>(std::move(bytes));
}

Result<std::unique_ptr<ByteSource>> open_bytes(std::filesystem::path const& path) {
  auto file = InputFile::open(path);
  if (!file) return fail(file.error());
  auto name = file->name();
  return decompressed(std::make_unique<FileSource>(std::move(*file)), std::move(name));
}

}  // namespace linchpin
