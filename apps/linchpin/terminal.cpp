// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>

#include "linchpin/results/json.h"

namespace linchpin::app {
namespace {

bool colours(int descriptor) {
  static bool const wanted = std::getenv("NO_COLOR") == nullptr;
  return wanted && isatty(descriptor) == 1;
}

std::string styled(std::string_view text, char const* code) {
  return colours(STDOUT_FILENO) ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string{text};
}

/// Columns a text takes on the screen: UTF-8 continuation bytes take none.
std::size_t screen_width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0U) != 0x80U; }));
}

/// Labels are untrusted: nothing in them may steer the terminal. Our own styles start with ESC [,
/// so escapes are only let through where we made them.
std::string harmless(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    auto const code = static_cast<unsigned char>(c);
    if ((code < 0x20 && c != '\n') || code == 0x7F) c = '?';
  }
  return result;
}

std::string padded(std::string const& text, std::size_t width, bool left) {
  std::string const space(width - std::min(width, screen_width(text)), ' ');
  return left ? text + space : space + text;
}

/// Draws a bar for work that lasts over a second. One per command, shared by all its loops.
class ProgressBar {
 public:
  void update(std::string_view what, std::size_t done, std::size_t total) {
    std::scoped_lock const lock(mutex_);
    auto const now = Clock::now();
    if (what != what_) {
      what_ = what;
      started_ = now;
    }
    bool const early = now - started_ < std::chrono::seconds(1);
    bool const recent = now - drawn_ < std::chrono::milliseconds(100);
    if (total == 0 || early || (recent && done < total)) return;
    drawn_ = now;
    double const share = static_cast<double>(done) / static_cast<double>(total);
    double const elapsed = std::chrono::duration<double>(now - started_).count();
    double const left = share > 0 ? elapsed * (1 - share) / share : 0;
    constexpr std::size_t width = 30;
    auto const filled = static_cast<std::size_t>(share * width);
    fmt::print(stderr, "\r{:<14.14} [{}{}] {:3.0f} %, {:.0f} s left \033[K", what_,
               std::string(filled, '#'), std::string(width - filled, '.'), 100 * share, left);
    standing_ = true;
  }
  void finish() {
    std::scoped_lock const lock(mutex_);
    if (standing_) fmt::print(stderr, "\r\033[K");
    standing_ = false;
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::mutex mutex_;
  std::string what_;
  Clock::time_point started_;
  Clock::time_point drawn_;
  bool standing_ = false;
};

ProgressBar& progress_bar() {
  static ProgressBar bar;
  return bar;
}

void print_one(Error const& error) {
  bool const colour = colours(STDERR_FILENO);
  fmt::print(stderr, "{}error:{} {}\n", colour ? "\033[1;31m" : "", colour ? "\033[0m" : "",
             harmless(error.what));
  if (!error.where.empty()) fmt::print(stderr, "  where: {}\n", harmless(error.where));
  if (!error.hint.empty()) fmt::print(stderr, "  try:   {}\n", harmless(error.hint));
}

}  // namespace

std::string bold(std::string_view text) { return styled(harmless(text), "1"); }
std::string dim(std::string_view text) { return styled(harmless(text), "2"); }

std::string text_table(std::vector<std::string> const& header,
                       std::vector<std::vector<std::string>> const& rows) {
  std::vector<std::size_t> widths;
  for (auto const& title : header) widths.push_back(screen_width(title));
  for (auto const& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      widths[c] = std::max(widths[c], screen_width(row[c]));
    }
  }
  auto const line = [&](std::vector<std::string> const& cells) {
    std::string text;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      text += (c == 0 ? "" : "  ") + padded(harmless(cells[c]), widths[c], c == 0);
    }
    return text;
  };
  std::string result = bold(line(header)) + "\n";
  for (auto const& row : rows) result += line(row) + "\n";
  return result;
}

std::string wrap(std::string_view untrusted, std::string_view indent, std::size_t width) {
  auto const text = harmless(untrusted);
  std::string result;
  std::string line{indent};
  std::size_t start = 0;
  while (start < text.size()) {
    auto const end = std::min(text.find(' ', start), text.size());
    auto const word = std::string_view{text}.substr(start, end - start);
    bool const empty = line.size() == indent.size();
    if (!empty && screen_width(line) + 1 + screen_width(word) > width) {
      result += line + "\n";
      line = indent;
    } else if (!empty) {
      line += ' ';
    }
    line += word;
    start = end + 1;
  }
  return result + line + "\n";
}

std::string shortened(std::string_view text, std::size_t width) {
  if (screen_width(text) <= width) return std::string{text};
  std::size_t end = 0;
  for (std::size_t columns = 0; end < text.size(); ++end) {
    columns += screen_width(text.substr(end, 1));
    if (columns == width) break;  // the first byte of the character that "…" replaces
  }
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == ',' || text[end - 1] == ';')) --end;
  return std::string{text.substr(0, end)} + "…";
}

// A failed write (full disk, closed pipe) is remembered by the stream and reported once, by
// flush_output, rather than thrown from the middle of a table.
void print(std::string_view text) {
  finish_progress();
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void print_line(std::string_view text) {
  print(text);
  std::fputc('\n', stdout);
}

Output flush_output() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return Output::written;
  return errno == EPIPE ? Output::reader_gone : Output::lost;
}

void print_error(Error const& error, Context const& context) {
  finish_progress();
  if (context.json) {
    fmt::print(stderr, "{}\n", to_text(error_to_json(error)));
    return;
  }
  print_one(error);
  for (auto const& each : error.further) print_one(each);
  if (!error.further.empty()) fmt::print(stderr, "{} problems in all\n", error.further.size() + 1);
}

RunControl run_control(Context const& context) {
  RunControl control{.threads = context.threads, .cancel = context.cancel, .progress = {}};
  if (!context.quiet && !context.json && isatty(STDERR_FILENO) == 1) {
    control.progress = [](std::string_view what, std::size_t done, std::size_t total) {
      progress_bar().update(what, done, total);
    };
  }
  return control;
}

void finish_progress() { progress_bar().finish(); }

}  // namespace linchpin::app
