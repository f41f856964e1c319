// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/world.h"

#include <fmt/format.h>

#include <utility>

#include "apps/linchpin/terminal.h"
#include "linchpin/table/worlds.h"

namespace linchpin::app {

Result<World> open_world(std::string const& name, Context const& context) {
  auto loaded = load_table(name, context.data_dir, {.reader_program = context.reader_program},
                           run_control(context));
  finish_progress();
  if (!loaded) return fail(loaded.error());
  Origin origin;
  origin.world_name = loaded->name;
  origin.world = loaded->table.info;
  auto economy = Economy::make(std::move(loaded->table));
  if (!economy) return fail(economy.error());
  return World{loaded->path, *std::move(economy), std::move(origin)};
}

std::string world_beside(std::string const& name, std::filesystem::path const& study) {
  std::filesystem::path const named = name;
  auto const beside = study.parent_path() / named;
  std::error_code failure;
  bool const is_file =
      named.is_relative() && named.has_extension() && std::filesystem::exists(beside, failure);
  return is_file ? beside.string() : name;
}

std::string world_line(World const& world) {
  auto const& info = world.economy.info();
  auto const& balance = world.economy.balance();
  auto text = info.title.empty() ? world.origin.world_name : info.title;
  auto const year = std::to_string(info.year);
  if (info.year != 0 && text.find(year) == std::string::npos) text += ", " + year;
  text += fmt::format(
      "; {}{}{}; rounding gap at most {:.6g} in one industry, {:.3g} % of world "
      "output in all",
      to_string(info.unit), info.price_basis.empty() ? "" : ", ", info.price_basis,
      balance.largest_gap, 100 * balance.relative_total_gap);
  if (info.estimated) text += "; holds estimated cells";
  return text;
}

}  // namespace linchpin::app
