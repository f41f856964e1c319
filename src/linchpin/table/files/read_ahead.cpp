// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/read_ahead.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace linchpin {
namespace {

constexpr std::size_t block_size = std::size_t{128} << 10;
constexpr std::size_t block_count = 4;
// A file that ends before this is not worth a thread; longer ones should wait for it as
// little as they can.
constexpr std::size_t read_alone = std::size_t{64} << 10;

class ReadAhead final : public ByteSource {
 public:
  explicit ReadAhead(std::unique_ptr<ByteSource> source)
      : source_(std::move(source)),
        file_size_(source_->file_size()),
        consumed_(source_->consumed()) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    if (worker_.joinable()) return take(buffer);
    auto const count = source_->read(buffer.first(std::min(buffer.size(), read_alone)));
    consumed_.store(source_->consumed(), std::memory_order_relaxed);
    if (!count || *count == 0) return count;
    read_here_ += *count;
    if (read_here_ >= read_alone && !alone_) start();
    return count;
  }
  std::uint64_t consumed() const noexcept override {
    return consumed_.load(std::memory_order_relaxed);
  }
  std::uint64_t file_size() const noexcept override { return file_size_; }

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;  // made when the thread starts, not filled: nobody reads that
    std::size_t size = 0;
  };

  /// Where no thread can be had, reading goes on without one.
  void start() {
    try {
      for (auto& block : blocks_) block.bytes = std::make_unique_for_overwrite<char[]>(block_size);
      worker_ = std::jthread([this](std::stop_token const& stop) { fill(stop); });
    } catch (std::system_error const&) {
      alone_ = true;
    }
  }

  Result<std::size_t> take(std::span<char> buffer) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return filled_ > 0 || ended_; });
    if (filled_ == 0) {
      if (error_) return fail(*error_);
      return 0;
    }
    auto& block = blocks_[first_];
    auto const count = std::min(buffer.size(), block.size - taken_);
    lock.unlock();  // the worker leaves filled blocks alone
    std::memcpy(buffer.data(), block.bytes.get() + taken_, count);
    taken_ += count;
    if (taken_ < block.size) return count;
    taken_ = 0;
    lock.lock();
    first_ = (first_ + 1) % block_count;
    --filled_;
    lock.unlock();
    changed_.notify_all();
    return count;
  }

  void fill(std::stop_token const& stop) {
    for (std::size_t next = 0;; next = (next + 1) % block_count) {
      {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [&] { return filled_ < block_count; })) return;
        if (stop.stop_requested()) return;
      }
      auto& block = blocks_[next];
      auto problem = fill_block(block);
      consumed_.store(source_->consumed(), std::memory_order_relaxed);
      std::unique_lock lock(mutex_);
      if (block.size > 0) ++filled_;
      if (block.size < block_size) {
        ended_ = true;
        error_ = std::move(problem);
      }
      lock.unlock();
      changed_.notify_all();
      if (block.size < block_size) return;
    }
  }

  /// Fills the block up to the end of the data or an error, which may come with bytes before it.
  std::optional<Error> fill_block(Block& block) {
    block.size = 0;
    try {
      while (block.size < block_size) {
        auto const count = source_->read({block.bytes.get() + block.size, block_size - block.size});
        if (!count) return count.error();
        if (*count == 0) return std::nullopt;
        block.size += *count;
      }
    } catch (std::bad_alloc const&) {
      return Error{ErrorCode::too_large, "there is not enough memory to read on", "",
                   "close other programs, or read on a larger machine"};
    }
    return std::nullopt;
  }

  std::unique_ptr<ByteSource> source_;  // the worker's alone while it runs
  std::uint64_t file_size_;
  std::atomic<std::uint64_t> consumed_;
  std::size_t read_here_ = 0;
  bool alone_ = false;
  std::array<Block, block_count> blocks_;
  std::size_t first_ = 0;  // block to be taken next
  std::size_t taken_ = 0;  // bytes of it already taken
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::size_t filled_ = 0;  // guarded by mutex_, as are the next two
  bool ended_ = false;
  std::optional<Error> error_;
  std::jthread worker_;  // last: it ends before what it uses
};

}  // namespace

std::unique_ptr<ByteSource> read_ahead(std::unique_ptr<ByteSource> source) {
  return std::make_unique<ReadAhead>(std::move(source));
}

}  // namespace linchpin
