// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <netcdf.h>
#include <netcdf_mem.h>

#include <array>
#include <new>
#include <string_view>
#include <utility>

#include "linchpin/core/byte_count.h"
#include "linchpin/table/files/input_file.h"
#include "linchpin/table/store/netcdf_file.h"
#include "linchpin/table/store/netcdf_seal.h"

namespace linchpin {
namespace {

constexpr std::string_view hdf5_magic{"\x89HDF\r\n\x1a\n", 8};
constexpr std::string_view classic_magic{"CDF", 3};
constexpr std::size_t longest_attribute = std::size_t{1} << 20;

tl::unexpected<Error> damaged(std::string what, std::string const& file) {
  return fail(ErrorCode::unreadable_file, std::move(what), file,
              "the file is truncated or damaged: copy it again, or make it anew with "
              "'linchpin table import'");
}

tl::unexpected<Error> unfit(std::string what, std::string const& file) {
  return fail(ErrorCode::bad_format, std::move(what), file,
              "this is not a world stored by linchpin: import the publisher's file instead");
}

Result<std::string> first_bytes(InputFile& file) {
  std::string start;
  while (start.size() < hdf5_magic.size()) {
    std::array<char, 8> buffer{};
    auto const count = file.read(std::span(buffer).first(hdf5_magic.size() - start.size()));
    if (!count) return fail(count.error());
    if (*count == 0) break;
    start.append(buffer.data(), *count);
  }
  return start;
}

Result<NetcdfReader::Bytes> whole_file(std::filesystem::path const& path,
                                       std::uint64_t memory_limit) {
  auto file = InputFile::open(path);
  if (!file) return fail(file.error());
  if (file->size() > memory_limit) {
    return fail(ErrorCode::too_large,
                fmt::format("the file has {}, the limit is {}",
                            byte_count(static_cast<double>(file->size())),
                            byte_count(static_cast<double>(memory_limit))),
                path.string(), "use a smaller world");
  }
  NetcdfReader::Bytes bytes;
  try {
    bytes.resize(static_cast<std::size_t>(file->size()));
  } catch (std::bad_alloc const&) {
    return fail(ErrorCode::too_large, "there is not enough memory to read the file", path.string(),
                "use a smaller world, or a machine with more memory");
  }
  std::size_t done = 0;
  while (done < bytes.size()) {
    auto const count = file->read(std::span(bytes).subspan(done));
    if (!count) return fail(count.error());
    if (*count == 0) break;
    done += *count;
  }
  bytes.resize(done);
  return bytes;
}

}  // namespace

Result<bool> looks_like_netcdf(std::filesystem::path const& path) {
  auto file = InputFile::open(path);
  if (!file) return fail(file.error());
  auto const start = first_bytes(*file);
  if (!start) return fail(start.error());
  return start->starts_with(hdf5_magic) || start->starts_with(classic_magic);
}

NetcdfReader::NetcdfReader(NetcdfReader&& other) noexcept
    : name_(std::move(other.name_)),
      bytes_(std::move(other.bytes_)),
      file_(std::exchange(other.file_, -1)) {}

NetcdfReader::~NetcdfReader() {
  if (file_ < 0) return;
  NetcdfLock const lock;
  nc_close(file_);
}

Result<NetcdfReader> NetcdfReader::open(std::filesystem::path const& path,
                                        std::uint64_t memory_limit) {
  NetcdfReader reader(path.string());
  auto bytes = whole_file(path, memory_limit);
  if (!bytes) return fail(bytes.error());
  reader.bytes_ = std::move(*bytes);
  std::string_view const text(reader.bytes_.data(), reader.bytes_.size());
  if (text.starts_with(classic_magic)) {
    return unfit("this is a classic NetCDF file, not NetCDF-4", reader.name_);
  }
  if (text.empty()) return damaged("the file is empty", reader.name_);
  if (!text.starts_with(hdf5_magic.substr(0, text.size()))) {
    return unfit("this is not a NetCDF-4 file", reader.name_);
  }
  auto const content = check_seal(text, reader.name_);
  if (!content) return fail(content.error());
  NetcdfLock const lock;
  NC_memio image{content->size(), reader.bytes_.data(), NC_MEMIO_LOCKED};
  auto const status = nc_open_memio("linchpin.nc", NC_NOWRITE, &image, &reader.file_);
  if (status != NC_NOERR) {
    reader.file_ = -1;
    return damaged(fmt::format("the NetCDF file cannot be opened ({})", nc_strerror(status)),
                   reader.name_);
  }
  return reader;
}

std::optional<std::size_t> NetcdfReader::dimension(std::string const& name) const {
  NetcdfLock const lock;
  int number = 0;
  std::size_t length = 0;
  if (nc_inq_dimid(file_, name.c_str(), &number) != NC_NOERR) return std::nullopt;
  if (nc_inq_dimlen(file_, number, &length) != NC_NOERR) return std::nullopt;
  return length;
}

std::optional<std::string> NetcdfReader::text_attribute(std::string const& name) const {
  NetcdfLock const lock;
  nc_type type = NC_NAT;
  std::size_t length = 0;
  if (nc_inq_att(file_, NC_GLOBAL, name.c_str(), &type, &length) != NC_NOERR) return std::nullopt;
  if (type != NC_CHAR || length > longest_attribute) return std::nullopt;
  std::string text(length, '\0');
  if (length > 0 && nc_get_att_text(file_, NC_GLOBAL, name.c_str(), text.data()) != NC_NOERR) {
    return std::nullopt;
  }
  return text;
}

std::optional<double> NetcdfReader::number_attribute(std::string const& name) const {
  NetcdfLock const lock;
  nc_type type = NC_NAT;
  std::size_t length = 0;
  double value = 0;
  if (nc_inq_att(file_, NC_GLOBAL, name.c_str(), &type, &length) != NC_NOERR) return std::nullopt;
  if ((type != NC_DOUBLE && type != NC_INT) || length != 1) return std::nullopt;
  if (nc_get_att_double(file_, NC_GLOBAL, name.c_str(), &value) != NC_NOERR) return std::nullopt;
  return value;
}

bool NetcdfReader::has_variable(std::string const& name) const {
  NetcdfLock const lock;
  int number = 0;
  return nc_inq_varid(file_, name.c_str(), &number) == NC_NOERR;
}

Result<NetcdfReader::Variable> NetcdfReader::find(std::string const& name, Names const& dimensions,
                                                  Kind kind) const {
  Variable variable;
  if (nc_inq_varid(file_, name.c_str(), &variable.number) != NC_NOERR) {
    return unfit(fmt::format("the variable '{}' is missing", name), name_);
  }
  nc_type type = NC_NAT;
  int rank = 0;
  if (nc_inq_vartype(file_, variable.number, &type) != NC_NOERR ||
      nc_inq_varndims(file_, variable.number, &rank) != NC_NOERR) {
    return damaged(fmt::format("the variable '{}' is unreadable", name), name_);
  }
  bool const type_fits = (kind == Kind::floating && type == NC_DOUBLE) ||
                         (kind == Kind::single && type == NC_FLOAT) ||
                         (kind == Kind::text && type == NC_STRING) ||
                         (kind == Kind::integer && (type == NC_INT || type == NC_BYTE));
  if (!type_fits) return unfit(fmt::format("the variable '{}' is of another type", name), name_);
  auto const shape_is_wrong = [&] {
    return unfit(fmt::format("the variable '{}' should have the dimensions ({})", name,
                             fmt::join(dimensions, ", ")),
                 name_);
  };
  if (rank != static_cast<int>(dimensions.size())) return shape_is_wrong();
  std::vector<int> numbers(dimensions.size());
  if (nc_inq_vardimid(file_, variable.number, numbers.data()) != NC_NOERR) return shape_is_wrong();
  variable.size = 1;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    int wanted = -1;
    std::size_t length = 0;
    if (nc_inq_dimid(file_, dimensions[k].c_str(), &wanted) != NC_NOERR || wanted != numbers[k] ||
        nc_inq_dimlen(file_, wanted, &length) != NC_NOERR) {
      return shape_is_wrong();
    }
    variable.size *= length;
  }
  return variable;
}

/// Reads all cells of a variable into `values` by `get`.
template <class Value, class Get>
Result<void> NetcdfReader::cells(std::string const& name, Names const& dimensions, Kind kind,
                                 std::span<Value> values, Get get) const {
  NetcdfLock const lock;
  auto const variable = find(name, dimensions, kind);
  if (!variable) return fail(variable.error());
  if (variable->size != values.size()) {
    return unfit(fmt::format("the variable '{}' has {} cells, expected {}", name, variable->size,
                             values.size()),
                 name_);
  }
  auto const status = get(file_, variable->number, values.data());
  if (status == NC_NOERR) return {};
  return damaged(fmt::format("the data of '{}' cannot be read ({})", name, nc_strerror(status)),
                 name_);
}

Result<void> NetcdfReader::doubles(std::string const& name, Names const& dimensions,
                                   std::span<double> values) const {
  return cells(name, dimensions, Kind::floating, values, nc_get_var_double);
}

Result<void> NetcdfReader::floats(std::string const& name, Names const& dimensions,
                                  std::span<float> values) const {
  return cells(name, dimensions, Kind::single, values, nc_get_var_float);
}

bool NetcdfReader::is_float(std::string const& name) const {
  NetcdfLock const lock;
  int number = 0;
  nc_type type = NC_NAT;
  return nc_inq_varid(file_, name.c_str(), &number) == NC_NOERR &&
         nc_inq_vartype(file_, number, &type) == NC_NOERR && type == NC_FLOAT;
}

Result<std::vector<std::int32_t>> NetcdfReader::integers(std::string const& name,
                                                         Names const& dimensions) const {
  NetcdfLock const lock;
  auto const variable = find(name, dimensions, Kind::integer);
  if (!variable) return fail(variable.error());
  std::vector<std::int32_t> values(variable->size);
  auto const status = nc_get_var_int(file_, variable->number, values.data());
  if (status == NC_NOERR) return values;
  return damaged(fmt::format("the data of '{}' cannot be read ({})", name, nc_strerror(status)),
                 name_);
}

Result<std::vector<std::string>> NetcdfReader::texts(std::string const& name,
                                                     Names const& dimensions) const {
  NetcdfLock const lock;
  auto const variable = find(name, dimensions, Kind::text);
  if (!variable) return fail(variable.error());
  std::vector<char*> pointers(variable->size, nullptr);
  auto const status = nc_get_var_string(file_, variable->number, pointers.data());
  std::vector<std::string> values(variable->size);
  if (status == NC_NOERR) {
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (pointers[k] != nullptr) values[k] = pointers[k];
    }
    nc_free_string(pointers.size(), pointers.data());
    return values;
  }
  return damaged(fmt::format("the data of '{}' cannot be read ({})", name, nc_strerror(status)),
                 name_);
}

}  // namespace linchpin
