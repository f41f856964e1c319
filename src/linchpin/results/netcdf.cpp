// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/netcdf.h"

#include <netcdf.h>
#include <netcdf_mem.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "linchpin/core/contracts.h"
#include "linchpin/results/json.h"
#include "linchpin/results/number_text.h"
#include "linchpin/table/files/atomic_file.h"
#include "linchpin/table/store/netcdf_file.h"

namespace linchpin {
namespace {

constexpr char const* fill_attribute = "_FillValue";
constexpr std::int64_t missing_integer = std::numeric_limits<std::int64_t>::min();

// An open data set in memory. It is built there and written by ourselves, because HDF5 cannot
// close a file cleanly once the disk is full.
class MemoryDataset {
 public:
  MemoryDataset() {
    constexpr std::size_t first_size = 1U << 16U;
    check(nc_create_mem("results.nc", NC_NETCDF4 | NC_CLOBBER, first_size, &id_));
    open_ = status_ == NC_NOERR;
  }
  MemoryDataset(MemoryDataset const&) = delete;
  MemoryDataset& operator=(MemoryDataset const&) = delete;
  ~MemoryDataset() {
    if (open_) nc_abort(id_);
  }

  void attribute(int variable, char const* name, std::string const& text) {
    if (text.empty()) return;
    auto const utf8 = valid_utf8(text);
    check(nc_put_att_text(id_, variable, name, utf8.size(), utf8.data()));
  }
  void add(ResultTable const& table) {
    if (table.rows() == 0) return;
    int dimension = 0;
    check(nc_def_dim(id_, table.name.c_str(), table.rows(), &dimension));
    for (auto const& column : table.columns) {
      LINCHPIN_EXPECTS(column.size() == table.rows());
      auto const name = table.name + "." + column.name;
      int const variable =
          std::visit([&](auto const& values) { return put(name, dimension, values); }, column.data);
      attribute(variable, "long_name", column.title);
      attribute(variable, "units", column.unit);
      attribute(variable, "description", column.description);
      attribute(variable, "undefined", column.undefined);
    }
  }
  Result<std::string> finish() {
    NC_memio memory{};
    if (open_) {
      open_ = false;
      check(nc_close_memio(id_, &memory));
    }
    std::unique_ptr<void, decltype(&std::free)> const owner(memory.memory, &std::free);
    if (status_ != NC_NOERR) {
      return fail(ErrorCode::internal, std::string{"netCDF: "} + nc_strerror(status_), "results.nc",
                  "leave NetCDF out of the output formats");
    }
    return std::string(static_cast<char const*>(memory.memory), memory.size);
  }

 private:
  // Keeps the first fault; the calls after it fail harmlessly on ids that do not exist.
  void check(int status) {
    if (status_ == NC_NOERR) status_ = status;
  }
  int define(std::string const& name, nc_type type, std::vector<int> const& dimensions) {
    int variable = -1;
    check(nc_def_var(id_, name.c_str(), type, static_cast<int>(dimensions.size()),
                     dimensions.data(), &variable));
    if (variable < 0) return variable;
    constexpr int shuffle = 1, deflate = 1, level = 1;
    check(nc_def_var_deflate(id_, variable, shuffle, deflate, level));
    return variable;
  }
  // Fixed-length UTF-8 rather than NC_STRING: HDF5 stores each NC_STRING in a heap of its own,
  // which takes forty times longer. `_Encoding` makes xarray and netCDF4 read them as strings.
  int put(std::string const& name, int dimension, TextColumn const& texts) {
    std::vector<std::string> utf8;
    utf8.reserve(texts.size());
    std::size_t length = 1;
    for (auto const& text : texts) {
      utf8.push_back(valid_utf8(text));
      length = std::max(length, utf8.back().size());
    }
    std::string block(length * texts.size(), '\0');
    for (std::size_t i = 0; i < utf8.size(); ++i)
      block.replace(i * length, utf8[i].size(), utf8[i]);
    int length_dimension = 0;
    check(nc_def_dim(id_, (name + ".length").c_str(), length, &length_dimension));
    int const variable = define(name, NC_CHAR, {dimension, length_dimension});
    attribute(variable, "_Encoding", "utf-8");
    check(nc_put_var_text(id_, variable, block.data()));
    return variable;
  }
  int put(std::string const& name, int dimension, IntegerColumn const& column) {
    std::vector<long long> values(column.values.begin(), column.values.end());
    for (std::size_t i = 0; i < column.missing.size(); ++i) {
      if (column.missing[i]) values[i] = missing_integer;
    }
    int const variable = define(name, NC_INT64, {dimension});
    if (!column.missing.empty()) {
      long long const fill = missing_integer;
      check(nc_put_att_longlong(id_, variable, fill_attribute, NC_INT64, 1, &fill));
    }
    check(nc_put_var_longlong(id_, variable, values.data()));
    return variable;
  }
  int put(std::string const& name, int dimension, NumberColumn const& column) {
    constexpr double fill = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> values = column.values;
    bool has_missing = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      bool const missing = !column.missing.empty() && column.missing[i];
      LINCHPIN_EXPECTS(missing || std::isfinite(values[i]));
      if (!missing && std::isfinite(values[i])) continue;
      values[i] = fill;
      has_missing = true;
    }
    int const variable = define(name, NC_DOUBLE, {dimension});
    if (has_missing) check(nc_put_att_double(id_, variable, fill_attribute, NC_DOUBLE, 1, &fill));
    check(nc_put_var_double(id_, variable, values.data()));
    return variable;
  }

  int id_ = -1;
  int status_ = NC_NOERR;
  bool open_ = false;
};

std::string joined(std::vector<std::string> const& texts) {
  std::string out;
  for (auto const& text : texts) out += (out.empty() ? "" : "\n") + text;
  return out;
}

}  // namespace

Result<std::string> netcdf_bytes(ResultSet const& results) {
  NetcdfLock const lock;
  MemoryDataset dataset;
  for (auto const& table : results.tables) dataset.add(table);
  dataset.attribute(NC_GLOBAL, "title", results.title);
  dataset.attribute(NC_GLOBAL, "question", results.question);
  dataset.attribute(NC_GLOBAL, "focus", results.focus.value_or(""));
  dataset.attribute(NC_GLOBAL, "headlines", joined(results.headlines));
  dataset.attribute(NC_GLOBAL, "warnings", joined(results.warnings));
  dataset.attribute(NC_GLOBAL, "source", results.origin.world.source);
  dataset.attribute(NC_GLOBAL, "licence", results.origin.world.licence);
  dataset.attribute(NC_GLOBAL, "origin", to_text(origin_to_json(results.origin)));
  return dataset.finish();
}

Result<void> write_netcdf(ResultSet const& results, std::filesystem::path const& path) {
  auto const bytes = netcdf_bytes(results);
  if (!bytes) return fail(bytes.error());
  return write_text_atomically(path, *bytes);
}

}  // namespace linchpin
