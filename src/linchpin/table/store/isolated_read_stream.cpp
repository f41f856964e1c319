// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/isolated_read_stream.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "linchpin/table/shape.h"

// An answer is the start mark, 'T' and a table or 'E' and an error, and the end mark. Counts and
// numbers stand as they are in memory; a text is its length and its bytes.

namespace linchpin {
namespace {

constexpr std::string_view start_mark = "LPANSW01";
constexpr std::string_view end_mark = "LPANSEND";
constexpr std::size_t most_further_errors = 64;
// More than any table has; labels take more room in memory than in the answer.
constexpr std::size_t most_labels = 1'000'000;

using Count = std::uint64_t;

class Encoder {
 public:
  explicit Encoder(int descriptor) : descriptor_(descriptor) {}

  template <class T>
  void number(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes(&value, sizeof value);
  }
  void count(std::size_t value) { number(static_cast<Count>(value)); }
  void text(std::string_view value) {
    count(value.size());
    bytes(value.data(), value.size());
  }
  void mark(std::string_view value) { bytes(value.data(), value.size()); }
  template <class Range>
  void array(Range const& values) {
    bytes(std::data(values), std::size(values) * sizeof *std::data(values));
  }
  [[nodiscard]] bool finish() {
    flush();
    return good_;
  }

 private:
  static constexpr std::size_t flush_at = std::size_t{1} << 16;

  void bytes(void const* data, std::size_t size) {
    auto const* first = static_cast<char const*>(data);
    if (size < flush_at) {
      pending_.append(first, size);
      if (pending_.size() >= flush_at) flush();
      return;
    }
    flush();
    out(first, size);
  }
  void flush() {
    out(pending_.data(), pending_.size());
    pending_.clear();
  }
  void out(char const* data, std::size_t size) {
    while (good_ && size > 0) {
      auto const written = ::write(descriptor_, data, size);
      if (written > 0) {
        data += written;
        size -= static_cast<std::size_t>(written);
      } else if (errno != EINTR) {
        good_ = false;
      }
    }
  }

  int descriptor_;
  bool good_ = true;
  std::string pending_;
};

/// Takes values off the front of a block of bytes. After the first value that does not fit every
/// further one is empty or zero.
class Decoder {
 public:
  explicit Decoder(std::span<std::byte const> bytes) : rest_(bytes) {}

  template <class T>
  [[nodiscard]] T number() {
    T value{};
    auto const from = take(sizeof value);
    if (!from.empty()) std::memcpy(&value, from.data(), sizeof value);
    return value;
  }
  /// Calls `take_one` for each of a counted list of labels, as long as all is well.
  template <class F>
  void labels(F&& take_one) {
    auto const size = count(sizeof(Count));
    if (size > most_labels) spoil();
    for (std::size_t k = 0; k < size && good_; ++k) take_one();
  }
  /// A number of items of at least `item_size` bytes each; 0 if that many cannot follow.
  [[nodiscard]] std::size_t count(std::size_t item_size) {
    auto const value = number<Count>();
    if (value <= rest_.size() / item_size) return static_cast<std::size_t>(value);
    spoil();
    return 0;
  }
  [[nodiscard]] std::string text() {
    auto const from = take(count(1));
    return {reinterpret_cast<char const*>(from.data()), from.size()};
  }
  [[nodiscard]] bool mark(std::string_view expected) {
    auto const from = take(expected.size());
    if (from.size() == expected.size() &&
        std::memcmp(from.data(), expected.data(), expected.size()) == 0) {
      return true;
    }
    spoil();
    return false;
  }
  /// Fills `values`, which the caller has sized by what `fits` allows.
  template <class T>
  void fill(std::span<T> values) {
    auto const from = take(values.size_bytes());
    if (!from.empty()) std::memcpy(values.data(), from.data(), from.size());
  }
  /// True if rows x columns items of `item_size` bytes can follow.
  [[nodiscard]] bool fits(std::size_t rows, std::size_t columns, std::size_t item_size) {
    if (columns == 0 || rows <= rest_.size() / item_size / columns) return true;
    spoil();
    return false;
  }
  void spoil() noexcept {
    good_ = false;
    rest_ = {};
  }
  [[nodiscard]] bool good() const noexcept { return good_; }
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

 private:
  std::span<std::byte const> take(std::size_t size) {
    if (size > rest_.size()) {
      spoil();
      return {};
    }
    auto const front = rest_.first(size);
    rest_ = rest_.subspan(size);
    return front;
  }

  std::span<std::byte const> rest_;
  bool good_ = true;
};

// ---- errors

void encode(Encoder& out, Error const& error) {
  out.number(static_cast<std::uint8_t>(error.code));
  out.text(error.what);
  out.text(error.where);
  out.text(error.hint);
}

Error decode_error(Decoder& in) {
  Error error{ErrorCode::internal, {}, {}, {}};
  auto const code = in.number<std::uint8_t>();
  if (code > static_cast<std::uint8_t>(ErrorCode::internal)) in.spoil();
  error.code =
      static_cast<ErrorCode>(std::min(code, static_cast<std::uint8_t>(ErrorCode::internal)));
  error.what = in.text();
  error.where = in.text();
  error.hint = in.text();
  return error;
}

// ---- labels

void encode(Encoder& out, TableInfo const& info) {
  for (auto const* text : {&info.title, &info.unit.currency, &info.price_basis, &info.source,
                           &info.licence, &info.history}) {
    out.text(*text);
  }
  out.number(static_cast<std::int32_t>(info.year));
  out.number(info.unit.scale);
  out.number(static_cast<std::uint8_t>(info.estimated));
}

TableInfo decode_info(Decoder& in) {
  TableInfo info;
  for (auto* text : {&info.title, &info.unit.currency, &info.price_basis, &info.source,
                     &info.licence, &info.history}) {
    *text = in.text();
  }
  info.year = in.number<std::int32_t>();
  info.unit.scale = in.number<double>();
  info.estimated = in.number<std::uint8_t>() != 0;
  return info;
}

void encode(Encoder& out, std::vector<std::string> const& texts) {
  out.count(texts.size());
  for (auto const& text : texts) out.text(text);
}

std::vector<std::string> decode_texts(Decoder& in) {
  std::vector<std::string> texts;
  in.labels([&] { texts.push_back(in.text()); });
  return texts;
}

void encode(Encoder& out, TableLabels const& labels) {
  out.count(labels.regions.size());
  for (auto const& region : labels.regions) {
    out.text(region.label);
    out.text(region.name);
    encode(out, region.members);
  }
  out.count(labels.sectors.size());
  for (auto const& sector : labels.sectors) {
    out.text(sector.label);
    out.text(sector.name);
    out.number(static_cast<std::uint8_t>(sector.service));
  }
  out.count(labels.industries.size());
  for (auto const& key : labels.industries) {
    out.number(static_cast<std::uint32_t>(key.region.index()));
    out.number(static_cast<std::uint32_t>(key.sector.index()));
  }
  out.count(labels.categories.size());
  for (auto const& category : labels.categories) {
    out.text(category.label);
    out.text(category.name);
    out.number(static_cast<std::uint8_t>(category.inventory_change));
  }
  encode(out, labels.value_added_rows);
}

TableLabels decode_labels(Decoder& in) {
  TableLabels labels;
  in.labels([&] {
    auto& region = labels.regions.emplace_back();
    region.label = in.text();
    region.name = in.text();
    region.members = decode_texts(in);
  });
  in.labels([&] {
    auto& sector = labels.sectors.emplace_back();
    sector.label = in.text();
    sector.name = in.text();
    sector.service = in.number<std::uint8_t>() != 0;
  });
  in.labels([&] {
    std::size_t const region = in.number<std::uint32_t>();
    std::size_t const sector = in.number<std::uint32_t>();
    if (region >= labels.regions.size() || sector >= labels.sectors.size()) return in.spoil();
    labels.industries.push_back({RegionId{region}, SectorId{sector}});
  });
  in.labels([&] {
    auto& category = labels.categories.emplace_back();
    category.label = in.text();
    category.name = in.text();
    category.inventory_change = in.number<std::uint8_t>() != 0;
  });
  labels.value_added_rows = decode_texts(in);
  return labels;
}

// ---- numbers

void encode(Encoder& out, DenseMatrix const& matrix) {
  out.count(matrix.rows());
  out.count(matrix.columns());
  out.array(matrix.values());
}

DenseMatrix decode_matrix(Decoder& in) {
  auto const rows = in.number<Count>();
  auto const columns = in.number<Count>();
  if (!in.fits(rows, columns, sizeof(double))) return {};
  DenseMatrix matrix(rows, columns);
  in.fill(matrix.values());
  return matrix;
}

void encode(Encoder& out, FlowMatrix const& matrix) {
  out.number(static_cast<std::uint8_t>(matrix.storage()));
  out.count(matrix.rows());
  out.count(matrix.columns());
  switch (matrix.storage()) {
    case FlowMatrix::Storage::dense:
      out.array(matrix.values());
      return;
    case FlowMatrix::Storage::dense32:
      out.array(matrix.floats());
      return;
    case FlowMatrix::Storage::sparse:
      out.count(matrix.sparse().cells());
      out.array(matrix.sparse().row_start);
      out.array(matrix.sparse().column);
      out.array(matrix.sparse().value);
      return;
  }
}

/// Rows follow each other, columns ascend within a row and exist.
bool is_sound(CsrMatrix const& matrix) {
  if (matrix.row_start.front() != 0 || matrix.row_start.back() != matrix.cells()) return false;
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    if (matrix.row_start[i] > matrix.row_start[i + 1]) return false;
    if (matrix.row_start[i + 1] > matrix.cells()) return false;
    auto const columns = matrix.columns_of(i);
    if (!columns.empty() && columns.back() >= matrix.columns) return false;
    if (std::adjacent_find(columns.begin(), columns.end(), std::greater_equal<>{}) !=
        columns.end()) {
      return false;
    }
  }
  return true;
}

FlowMatrix decode_sparse(Decoder& in, std::size_t rows, std::size_t columns) {
  static_assert(sizeof(std::size_t) == sizeof(Count));
  auto const cells = in.count(sizeof(std::uint32_t) + sizeof(double));
  if (!in.fits(rows, 1, sizeof(Count))) return {};
  CsrMatrix matrix(rows, columns);
  matrix.column.resize(cells);
  matrix.value.resize(cells);
  in.fill(std::span(matrix.row_start));
  in.fill(std::span(matrix.column));
  in.fill(std::span(matrix.value));
  if (in.good() && is_sound(matrix)) return matrix;
  in.spoil();
  return {};
}

FlowMatrix decode_flows(Decoder& in) {
  auto const storage = in.number<std::uint8_t>();
  auto const rows = in.number<Count>();
  auto const columns = in.number<Count>();
  switch (storage) {
    case static_cast<std::uint8_t>(FlowMatrix::Storage::dense): {
      if (!in.fits(rows, columns, sizeof(double))) return {};
      DenseMatrix matrix(rows, columns);
      in.fill(matrix.values());
      return matrix;
    }
    case static_cast<std::uint8_t>(FlowMatrix::Storage::dense32): {
      if (!in.fits(rows, columns, sizeof(float))) return {};
      FlowMatrix::FloatVector cells(rows * columns);
      in.fill(std::span(cells));
      return {rows, columns, std::move(cells)};
    }
    case static_cast<std::uint8_t>(FlowMatrix::Storage::sparse):
      return decode_sparse(in, rows, columns);
    default:
      in.spoil();
      return {};
  }
}

void encode(Encoder& out, Table const& table) {
  encode(out, table.info);
  encode(out, table.labels);
  encode(out, table.Z);
  encode(out, table.Y);
  encode(out, table.value_added);
  out.count(table.output.size());
  out.array(table.output);
  out.count(table.satellites.rows.size());
  for (auto const& row : table.satellites.rows) {
    out.text(row.label);
    out.text(row.unit);
  }
  encode(out, table.satellites.F);
  encode(out, table.satellites.F_Y);
}

Table decode_whole(Decoder& in) {
  Table table;
  table.info = decode_info(in);
  table.labels = decode_labels(in);
  table.Z = decode_flows(in);
  table.Y = decode_matrix(in);
  table.value_added = decode_matrix(in);
  table.output.resize(in.count(sizeof(double)));
  in.fill(std::span(table.output));
  in.labels([&] {
    auto& row = table.satellites.rows.emplace_back();
    row.label = in.text();
    row.unit = in.text();
  });
  table.satellites.F = decode_matrix(in);
  table.satellites.F_Y = decode_matrix(in);
  return table;
}

}  // namespace

bool write_answer(int descriptor, Result<Table> const& answer) {
  Encoder out(descriptor);
  out.mark(start_mark);
  if (answer) {
    out.mark("T");
    encode(out, *answer);
  } else {
    out.mark("E");
    auto const& further = answer.error().further;
    encode(out, answer.error());
    auto const listed = std::min(further.size(), most_further_errors);
    out.count(listed);
    for (std::size_t k = 0; k < listed; ++k) encode(out, further[k]);
  }
  out.mark(end_mark);
  return out.finish();
}

Result<Table> decode_table(std::span<std::byte const> bytes, std::uint64_t memory_limit,
                           std::string const& where) {
  auto const broken = [&] {
    return fail(ErrorCode::unreadable_file, "reading the file came to no proper end", where,
                "the file is damaged or made to do harm: get it again from where it came from");
  };
  if (bytes.size() > memory_limit && bytes.size() - memory_limit > (std::uint64_t{64} << 20)) {
    return fail(ErrorCode::too_large, "the table needs more than the memory limit", where,
                "use a smaller world");
  }
  Decoder in(bytes);
  if (!in.mark(start_mark)) return broken();
  auto const kind = in.number<char>();
  if (kind == 'E') {
    auto error = decode_error(in);
    auto const further = in.count(1 + 3 * sizeof(Count));
    for (std::size_t k = 0; k < further && in.good(); ++k)
      error.further.push_back(decode_error(in));
    if (!in.mark(end_mark) || !in.at_end()) return broken();
    return fail(std::move(error));
  }
  if (kind != 'T') return broken();
  auto table = decode_whole(in);
  if (!in.mark(end_mark) || !in.at_end()) return broken();
  if (!check_shapes(table)) return broken();
  return table;
}

}  // namespace linchpin
