// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <H5Epublic.h>
#include <netcdf.h>
#include <netcdf_mem.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/dense.h"
#include "linchpin/table/files/atomic_file.h"
#include "linchpin/table/store/netcdf_file.h"
#include "linchpin/table/store/netcdf_seal.h"

namespace linchpin {
namespace {

// About this much per chunk: large enough to compress well, small enough to read rows of a table
// of any size without unpacking the whole.
constexpr std::size_t chunk_bytes = std::size_t{1} << 20;
// Unpacking takes longer than reading from a disk: larger arrays are stored as they are.
constexpr std::size_t largest_compressed = std::size_t{32} << 20;
constexpr std::size_t first_image_bytes = std::size_t{1} << 16;

std::mutex& netcdf_mutex() noexcept {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

NetcdfLock::NetcdfLock() : lock_(netcdf_mutex()) {
  // HDF5 prints on stderr whatever it does not find, in every thread that has not told it to be
  // quiet; netCDF-C tells it in the first one only. A pipe nobody reads would stop us here.
  thread_local bool const quiet = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
  static_cast<void>(quiet);
}

template <class Call>
void NetcdfWriter::run(Call&& call) {
  if (status_ != NC_NOERR) return;
  NetcdfLock const lock;
  status_ = call();
}

NetcdfWriter::NetcdfWriter(std::string name) : name_(std::move(name)) {
  // The name is only a label of the memory block; ours might be taken for a URL.
  run([&] {
    return nc_create_mem("linchpin.nc", NC_NETCDF4 | NC_CLOBBER, first_image_bytes, &file_);
  });
}

NetcdfWriter::~NetcdfWriter() {
  if (file_ < 0) return;
  NetcdfLock const lock;
  NC_memio image{};
  if (nc_close_memio(file_, &image) == NC_NOERR) std::free(image.memory);
}

int NetcdfWriter::dimension(std::string const& name, std::size_t length) {
  LINCHPIN_EXPECTS(length > 0);
  int number = -1;
  run([&] { return nc_def_dim(file_, name.c_str(), length, &number); });
  return number;
}

int NetcdfWriter::define(std::string const& name, int type, Dimensions const& dimensions) {
  int number = -1;
  run([&] {
    return nc_def_var(file_, name.c_str(), type, static_cast<int>(dimensions.size()),
                      dimensions.data(), &number);
  });
  // Every cell is written, so no fill value: readers must not take a real number for "missing".
  if (type != NC_STRING) run([&] { return nc_def_var_fill(file_, number, NC_NOFILL, nullptr); });
  return number;
}

void NetcdfWriter::chunk(int variable, Dimensions const& dimensions,
                         NetcdfCompression const& compression) {
  if (dimensions.empty()) return;
  std::vector<std::size_t> shape(dimensions.size());
  for (std::size_t k = 0; k < shape.size(); ++k) {
    run([&] { return nc_inq_dimlen(file_, dimensions[k], &shape[k]); });
  }
  if (status_ != NC_NOERR) return;
  std::size_t cells = 1;
  for (auto const length : shape) cells *= length;
  bool const packed =
      compression.deflate_level > 0 && cells <= largest_compressed / sizeof(double);
  // Whole rows as far as they fit; fixed by the shape alone, so the same table gives the same file.
  std::size_t left = chunk_bytes / sizeof(double);
  for (std::size_t k = shape.size(); k-- > 0;) {
    shape[k] = std::max<std::size_t>(1, std::min(shape[k], left));
    left /= shape[k];
  }
  run([&] { return nc_def_var_chunking(file_, variable, NC_CHUNKED, shape.data()); });
  run([&] {
    return nc_def_var_deflate(file_, variable, packed && compression.shuffle ? 1 : 0,
                              packed ? 1 : 0, packed ? compression.deflate_level : 0);
  });
  run([&] { return nc_def_var_fletcher32(file_, variable, NC_FLETCHER32); });
}

int NetcdfWriter::doubles(std::string const& name, Dimensions const& dimensions,
                          std::span<double const> values, NetcdfCompression const& compression) {
  auto const variable = define(name, NC_DOUBLE, dimensions);
  chunk(variable, dimensions, compression);
  run([&] { return nc_put_var_double(file_, variable, values.data()); });
  return variable;
}

int NetcdfWriter::floats(std::string const& name, Dimensions const& dimensions,
                         std::span<float const> values, NetcdfCompression const& compression) {
  auto const variable = define(name, NC_FLOAT, dimensions);
  chunk(variable, dimensions, compression);
  run([&] { return nc_put_var_float(file_, variable, values.data()); });
  return variable;
}

int NetcdfWriter::counts(std::string const& name, Dimensions const& dimensions,
                         std::span<std::size_t const> values) {
  DenseVector const numbers(values.begin(), values.end());
  return doubles(name, dimensions, numbers, {});
}

int NetcdfWriter::integers(std::string const& name, Dimensions const& dimensions,
                           std::span<std::int32_t const> values) {
  auto const variable = define(name, NC_INT, dimensions);
  run([&] { return nc_put_var_int(file_, variable, values.data()); });
  return variable;
}

int NetcdfWriter::flags(std::string const& name, Dimensions const& dimensions,
                        std::span<signed char const> values) {
  auto const variable = define(name, NC_BYTE, dimensions);
  run([&] { return nc_put_var_schar(file_, variable, values.data()); });
  return variable;
}

int NetcdfWriter::texts(std::string const& name, Dimensions const& dimensions,
                        std::span<std::string const> values) {
  auto const variable = define(name, NC_STRING, dimensions);
  std::vector<char const*> pointers(values.size());
  std::transform(values.begin(), values.end(), pointers.begin(),
                 [](std::string const& text) { return text.c_str(); });
  run([&] { return nc_put_var_string(file_, variable, pointers.data()); });
  return variable;
}

void NetcdfWriter::attribute(int variable, std::string const& name, std::string const& text) {
  run([&] { return nc_put_att_text(file_, variable, name.c_str(), text.size(), text.c_str()); });
}

void NetcdfWriter::attribute(int variable, std::string const& name, double value) {
  run([&] { return nc_put_att_double(file_, variable, name.c_str(), NC_DOUBLE, 1, &value); });
}

void NetcdfWriter::attribute(int variable, std::string const& name, int value) {
  run([&] { return nc_put_att_int(file_, variable, name.c_str(), NC_INT, 1, &value); });
}

Result<void> NetcdfWriter::save(std::filesystem::path const& path) {
  NC_memio image{};
  run([&] { return nc_close_memio(std::exchange(file_, -1), &image); });
  std::unique_ptr<void, decltype(&std::free)> const memory(image.memory, &std::free);
  if (status_ != NC_NOERR) {
    return fail(ErrorCode::internal,
                fmt::format("the NetCDF library failed: {}", nc_strerror(status_)), name_,
                "check the free memory; otherwise report this as a bug");
  }
  std::string_view const content =
      hdf5_content({static_cast<char const*>(image.memory), image.size});
  auto const seal = seal_of(content);
  if (!seal) return fail(seal.error());
  auto file = AtomicFile::create(path);
  if (!file) return fail(file.error());
  if (auto const done = file->write(content); !done) return done;
  if (auto const done = file->write(*seal); !done) return done;
  return file->commit();
}

}  // namespace linchpin
