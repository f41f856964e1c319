// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/isolated_read_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "linchpin/table/shape.h"
#include "linchpin/table/store/answer_codec.h"

// An answer holds 'T' and a table, or 'E' and an error; see answer_codec.h.

namespace linchpin {
namespace {

using answer::Count;
using answer::decode_texts;
using answer::Decoder;
using answer::encode;
using answer::Encoder;

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
  if (!answer) return answer::write_error(descriptor, answer.error());
  Encoder out(descriptor);
  out.mark(answer::start_mark);
  out.mark("T");
  encode(out, *answer);
  out.mark(answer::end_mark);
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
  if (!in.mark(answer::start_mark)) return broken();
  auto const kind = in.number<char>();
  if (kind == 'E') {
    Error error{ErrorCode::internal, {}, {}, {}};
    if (!answer::decode_error(in, error)) return broken();
    return fail(std::move(error));
  }
  if (kind != 'T') return broken();
  auto table = decode_whole(in);
  if (!in.mark(answer::end_mark) || !in.at_end()) return broken();
  if (!check_shapes(table)) return broken();
  return table;
}

}  // namespace linchpin
