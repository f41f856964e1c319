// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/text_sink.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "linchpin/table/files/atomic_file.h"

namespace linchpin {
namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 17;
constexpr int gzip_level = 6;
constexpr int zstd_level = 6;

tl::unexpected<Error> encoder_failed() {
  return fail(ErrorCode::internal, "the compressor failed", "output file",
              "check the free memory, or write without .gz or .zst");
}

}  // namespace

struct TextSink::Encoder {
  explicit Encoder(AtomicFile target) : file(std::move(target)) {}
  Encoder(Encoder const&) = delete;
  Encoder& operator=(Encoder const&) = delete;
  virtual ~Encoder() = default;
  /// Takes all of `text`; with `last` also ends the stream.
  virtual Result<void> encode(std::string_view text, bool last) = 0;
  AtomicFile file;
};

struct TextSink::PlainEncoder final : Encoder {
  using Encoder::Encoder;
  Result<void> encode(std::string_view text, bool /*last*/) override { return file.write(text); }
};

struct TextSink::GzipEncoder final : Encoder {
  explicit GzipEncoder(AtomicFile target) : Encoder(std::move(target)), output(chunk_size) {
    constexpr int gzip_window = 15 + 16;
    constexpr int memory = 8;
    ready = deflateInit2(&stream, gzip_level, Z_DEFLATED, gzip_window, memory,
                         Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~GzipEncoder() override { deflateEnd(&stream); }

  Result<void> encode(std::string_view text, bool last) override {
    if (!ready) return encoder_failed();
    // zlib counts input in 32 bits.
    constexpr std::size_t most = std::size_t{1} << 30;
    do {
      auto const part = text.substr(0, std::min(most, text.size()));
      text.remove_prefix(part.size());
      // zlib does not write to its input; its interface lacks the const.
      stream.next_in = const_cast<Bytef*>(reinterpret_cast<Bytef const*>(part.data()));
      stream.avail_in = static_cast<uInt>(part.size());
      if (auto const done = drain(last && text.empty()); !done) return done;
    } while (!text.empty());
    return {};
  }

  Result<void> drain(bool last) {
    do {
      stream.next_out = reinterpret_cast<Bytef*>(output.data());
      stream.avail_out = static_cast<uInt>(output.size());
      if (deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR) return encoder_failed();
      auto const done =
          file.write(std::string_view(output.data(), output.size() - stream.avail_out));
      if (!done) return done;
    } while (stream.avail_out == 0);
    return {};
  }

  std::vector<char> output;
  z_stream stream{};
  bool ready = false;
};

struct TextSink::ZstdEncoder final : Encoder {
  explicit ZstdEncoder(AtomicFile target)
      : Encoder(std::move(target)), output(chunk_size), stream(ZSTD_createCCtx()) {
    if (stream) ZSTD_CCtx_setParameter(stream.get(), ZSTD_c_compressionLevel, zstd_level);
  }

  Result<void> encode(std::string_view text, bool last) override {
    if (!stream) return encoder_failed();
    ZSTD_inBuffer input{text.data(), text.size(), 0};
    for (;;) {
      ZSTD_outBuffer out{output.data(), output.size(), 0};
      auto const left =
          ZSTD_compressStream2(stream.get(), &out, &input, last ? ZSTD_e_end : ZSTD_e_continue);
      if (ZSTD_isError(left) != 0U) return encoder_failed();
      auto const done = file.write(std::string_view(output.data(), out.pos));
      if (!done) return done;
      if (last ? left == 0 : input.pos == input.size) return {};
    }
  }

  struct Free {
    void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
  };
  std::vector<char> output;
  std::unique_ptr<ZSTD_CCtx, Free> stream;
};

TextSink::TextSink(std::unique_ptr<Encoder> encoder) noexcept : encoder_(std::move(encoder)) {}
TextSink::TextSink(TextSink&&) noexcept = default;
TextSink::~TextSink() = default;

Result<TextSink> TextSink::create(std::filesystem::path const& path) {
  auto file = AtomicFile::create(path);
  if (!file) return fail(file.error());
  auto const extension = path.extension();
  if (extension == ".gz") return TextSink(std::make_unique<GzipEncoder>(std::move(*file)));
  if (extension == ".zst") return TextSink(std::make_unique<ZstdEncoder>(std::move(*file)));
  return TextSink(std::make_unique<PlainEncoder>(std::move(*file)));
}

Result<void> TextSink::write(std::string_view text) { return encoder_->encode(text, false); }

Result<void> TextSink::commit() {
  if (auto const done = encoder_->encode({}, true); !done) return done;
  return encoder_->file.commit();
}

}  // namespace linchpin
