// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"

namespace linchpin {

/// Guards netCDF-C and HDF5, which are not thread-safe. NetcdfWriter and NetcdfReader take it by
/// themselves for each call; whoever calls netCDF-C directly must hold it.
class NetcdfLock {
 public:
  NetcdfLock();
  NetcdfLock(NetcdfLock const&) = delete;
  NetcdfLock& operator=(NetcdfLock const&) = delete;

 private:
  std::scoped_lock<std::mutex> lock_;
};

struct NetcdfCompression {
  int deflate_level = 4;  ///< 0 (none) … 9
  bool shuffle = true;    ///< sorts bytes by significance first: rounded numbers shrink much more
};

/// Builds a NetCDF-4 file in memory and saves it as a whole, so that a full disk can neither leave
/// half a file nor leave the HDF5 library in a state from which it cannot be closed.
///
/// The first failure sticks: later calls do nothing, `save` reports it.
class NetcdfWriter {
 public:
  explicit NetcdfWriter(std::string name);
  NetcdfWriter(NetcdfWriter const&) = delete;
  NetcdfWriter& operator=(NetcdfWriter const&) = delete;
  ~NetcdfWriter();

  using Dimensions = std::vector<int>;
  static constexpr int global = -1;  ///< in place of a variable: attribute of the file

  /// Number of the new dimension. Precondition: length > 0 (netCDF reads 0 as "unlimited").
  [[nodiscard]] int dimension(std::string const& name, std::size_t length);
  /// Writes a whole variable, row-major, and returns its number for attributes.
  int doubles(std::string const& name, Dimensions const& dimensions, std::span<double const> values,
              NetcdfCompression const& compression);
  int floats(std::string const& name, Dimensions const& dimensions, std::span<float const> values,
             NetcdfCompression const& compression);
  int integers(std::string const& name, Dimensions const& dimensions,
               std::span<std::int32_t const> values);
  /// Integers up to 2^53, stored as doubles so that every reader can take them.
  int counts(std::string const& name, Dimensions const& dimensions,
             std::span<std::size_t const> values);
  int flags(std::string const& name, Dimensions const& dimensions,
            std::span<signed char const> values);
  int texts(std::string const& name, Dimensions const& dimensions,
            std::span<std::string const> values);
  void attribute(int variable, std::string const& name, std::string const& text);
  void attribute(int variable, std::string const& name, double value);
  void attribute(int variable, std::string const& name, int value);

  /// Closes the file and writes it to `path` in one piece, with a seal (netcdf_seal.h) behind it.
  /// Call once, last.
  /// \error internal           netCDF refused something
  /// \error unwritable_output  see AtomicFile
  [[nodiscard]] Result<void> save(std::filesystem::path const& path);

 private:
  int define(std::string const& name, int type, Dimensions const& dimensions);
  void chunk(int variable, Dimensions const& dimensions, NetcdfCompression const& compression);
  template <class Call>
  void run(Call&& call);

  std::string name_;
  int file_ = -1;
  int status_ = 0;
};

/// Reads a NetCDF file that may hold anything: every size and type is checked before use.
class NetcdfReader {
 public:
  /// \error file_not_found   there is no such file
  /// \error unreadable_file  a folder, not readable, truncated or damaged
  /// \error bad_format       not a NetCDF-4 file
  /// \error too_large        the file is larger than `memory_limit`
  [[nodiscard]] static Result<NetcdfReader> open(std::filesystem::path const& path,
                                                 std::uint64_t memory_limit);
  NetcdfReader(NetcdfReader&& other) noexcept;
  NetcdfReader& operator=(NetcdfReader&&) = delete;
  ~NetcdfReader();

  /// Length of a dimension; empty if there is none of this name.
  [[nodiscard]] std::optional<std::size_t> dimension(std::string const& name) const;
  /// Text of an attribute of the file; empty if absent or not a text.
  [[nodiscard]] std::optional<std::string> text_attribute(std::string const& name) const;
  [[nodiscard]] std::optional<double> number_attribute(std::string const& name) const;
  [[nodiscard]] bool has_variable(std::string const& name) const;

  // Each reads a whole variable and checks that its dimensions are `dimensions`, by name.
  // \error bad_format       the variable is missing, or of another type or shape
  // \error unreadable_file  its data are damaged
  using Names = std::vector<std::string>;
  [[nodiscard]] Result<void> doubles(std::string const& name, Names const& dimensions,
                                     std::span<double> values) const;
  [[nodiscard]] Result<void> floats(std::string const& name, Names const& dimensions,
                                    std::span<float> values) const;
  [[nodiscard]] bool is_float(std::string const& name) const;
  [[nodiscard]] Result<std::vector<std::int32_t>> integers(std::string const& name,
                                                           Names const& dimensions) const;
  [[nodiscard]] Result<std::vector<std::string>> texts(std::string const& name,
                                                       Names const& dimensions) const;
  [[nodiscard]] std::string const& name() const noexcept { return name_; }

  /// In large pages where the system has them: a fault for every 4 KiB took longer than the
  /// reading.
  using Bytes = std::vector<char, CacheLineAllocator<char>>;

 private:
  explicit NetcdfReader(std::string name) : name_(std::move(name)) {}
  struct Variable {
    int number = -1;
    std::size_t size = 0;
  };
  enum class Kind { floating, single, integer, text };
  [[nodiscard]] Result<Variable> find(std::string const& name, Names const& dimensions,
                                      Kind kind) const;
  template <class Value, class Get>
  [[nodiscard]] Result<void> cells(std::string const& name, Names const& dimensions, Kind kind,
                                   std::span<Value> values, Get get) const;

  std::string name_;
  Bytes bytes_;  // the file; netCDF reads from here as long as it is open
  int file_ = -1;
};

/// True if the file starts like NetCDF (classic or NetCDF-4/HDF5).
/// \error file_not_found, unreadable_file
[[nodiscard]] Result<bool> looks_like_netcdf(std::filesystem::path const& path);

}  // namespace linchpin
