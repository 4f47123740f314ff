#include <array>

#include <doctest/doctest.h>

#include "base/text.h"

namespace base_text_test {

using namespace farol::base;

TEST_CASE("invalid UTF-8 is found at its first byte") {
  CHECK_FALSE(find_invalid_utf8(""));
  CHECK_FALSE(find_invalid_utf8("plain text, longer than eight bytes"));
  CHECK_FALSE(find_invalid_utf8("蓮花診所 é 🏥 \xF4\x8F\xBF\xBF"));
  CHECK(find_invalid_utf8("abcdefgh\xFFxyz") == 8);
  CHECK(find_invalid_utf8("\x80") == 0);
  CHECK(find_invalid_utf8("a\xC0\xAF") == 1);         // overlong
  CHECK(find_invalid_utf8("a\xE0\x80\xAF") == 1);     // overlong
  CHECK(find_invalid_utf8("\xED\xA0\x80") == 0);      // surrogate
  CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);  // above U+10FFFF
  CHECK(find_invalid_utf8("ab\xE8\x93") == 2);        // cut short
  CHECK(find_invalid_utf8("12345678\xE8\x93") == 8);
}

TEST_CASE("decoding and encoding are inverse, stray bytes are replaced") {
  for (const char32_t value :
       {U'\0', U'a', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'蓮', U'\xFFFF', U'\x10000', U'\x10FFFF'}) {
    std::string text;
    append_utf8(text, value);
    const CodePoint point = decode(text, 0);
    CHECK(point.value == value);
    CHECK(point.size == text.size());
  }
  CHECK(decode("a\xFF", 1).value == 0xFFFD);
  CHECK(decode("a\xFF", 1).size == 1);
  CHECK(decode("a", 1).size == 0);
  CHECK(count_code_points("a蓮\xFF") == 3);
}

TEST_CASE("names are compared in normal form C, without case") {
  CHECK(to_nfc("e\u0301") == "\u00E9");
  CHECK(to_nfc("plain") == "plain");
  CHECK(fold_case("HR") == "hr");
  CHECK(fold_case("STRASSE") == fold_case("straße"));
  CHECK(fold_case("Ärzte") == fold_case("A\u0308RZTE"));
  CHECK(to_nfc("\xFF") == "\xFF");
}

TEST_CASE("look-alikes have one skeleton") {
  CHECK(skeleton("раура1") == skeleton("paypal"));  // Cyrillic, and a digit
  CHECK(skeleton("Ι") == skeleton("l"));            // Greek capital iota
  CHECK(skeleton("modern") == skeleton("modem"));
  CHECK(skeleton("ＨＲ") == skeleton("HR"));
  CHECK(skeleton("工") == skeleton("エ"));
  CHECK(skeleton("O0") == skeleton("0O"));
  CHECK(skeleton("na\u200Bme") == skeleton("name"));
  CHECK(skeleton("staff") != skeleton("stuff"));
  CHECK(skeleton("manager") != skeleton("Manager"));
  CHECK(skeleton("合約") != skeleton("合同"));
  CHECK(skeleton("e\u0301") == skeleton("\u00E9"));
}

TEST_CASE("highly restrictive names have one script, or Latin beside those of East Asia") {
  for (const char* name : {"staff", "員工", "HR員工", "HRスタッフ人", "직원HR", "ㄅㄆ漢HR", "Персонал", "προσωπικό",
                           "r2-d2_x", "สมุด", "é", "e\u0301", "مرحبا"})
    CHECK_MESSAGE(is_highly_restrictive(name), name);
  for (const char* name : {"pаypal", "αbc", "Персонaл", "員Я", "スㄅ", "직ス", "helloمرحبا"})
    CHECK_MESSAGE(!is_highly_restrictive(name), name);
}

TEST_CASE("names start with letters and go on with letters, marks, digits, _ and -") {
  for (const char32_t value : {U'a', U'Z', U'é', U'蓮', U'я', U'ー'}) CHECK(is_name_start(value));
  for (const char32_t value : {U'1', U'_', U'-', U'.', U' ', U'\u0301', U'：', U'€', U'Ⅳ', U'🏥'})
    CHECK_FALSE(is_name_start(value));
  for (const char32_t value : {U'1', U'_', U'-', U'\u0301', U'٣', U'蓮'}) CHECK(is_name_continue(value));
  for (const char32_t value : {U'.', U':', U' ', U'²', U'\u200D', U'！'}) CHECK_FALSE(is_name_continue(value));
}

TEST_CASE("hidden characters") {
  for (const char32_t value : {U'\u202E', U'\u2066', U'\u200B', U'\u200E', U'\uFEFF', U'\u00AD', U'\u3164', U'\u2028',
                               U'\x1B', U'\0', U'\x7F', U'\U000E0041'})
    CHECK(is_hidden(value));
  for (const char32_t value : {U'a', U' ', U'\t', U'\n', U'\r', U'蓮', U'\u0301', U'\uFE0F', U'：', U'ㅎ', U'한', U'🏥'})
    CHECK_FALSE(is_hidden(value));
}

TEST_CASE("slips of an input method") {
  CHECK(ascii_of_full_width(U'：') == ':');
  CHECK(ascii_of_full_width(U'，') == ',');
  CHECK(ascii_of_full_width(U'、') == ',');
  CHECK(ascii_of_full_width(U'“') == '"');
  CHECK(ascii_of_full_width(U'”') == '"');
  CHECK(ascii_of_full_width(U'「') == '"');
  CHECK(ascii_of_full_width(U'｛') == '{');
  CHECK(ascii_of_full_width(U'（') == '(');
  CHECK(ascii_of_full_width(U'\u3000') == ' ');
  CHECK_FALSE(ascii_of_full_width(U':'));
  CHECK_FALSE(ascii_of_full_width(U'蓮'));
}

TEST_CASE("a long name is shown in part, and no code point of it is cut") {
  CHECK(shown_name("allow staff to chat.send") == "allow staff to chat.send");
  const std::string whole(1000, 'r');
  CHECK(shown_name(whole) == whole);
  CHECK(shown_name(whole + "s") == whole + "…");
  const std::string cut = std::string(999, 'r') + "員";
  CHECK(shown_name(cut) == std::string(999, 'r') + "…");
  CHECK(shown_name(shown_name(whole + "s")) == shown_name(whole + "s"));
}

TEST_CASE("columns in a terminal") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("蓮花") == 4);
  CHECK(display_width("：") == 2);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("한글") == 4);
  CHECK(display_width("") == 0);
}

TEST_CASE("distance counts slips of the hand") {
  CHECK(edit_distance("meeting", "meeting", 3) == 0);
  CHECK(edit_distance("meeting", "Meeting", 3) == 0);
  CHECK(edit_distance("meeting", "meetign", 3) == 1);
  CHECK(edit_distance("record", "recrd", 3) == 1);
  CHECK(edit_distance("kitten", "sitting", 5) == 3);
  CHECK(edit_distance("kitten", "sitting", 2) == 3);
  CHECK(edit_distance("員工", "員", 2) == 1);
  CHECK(edit_distance("", "abc", 5) == 3);
}

TEST_CASE("the nearest name is offered when it is near enough") {
  const std::array<std::string_view, 4> names{"meeting.record", "meeting.join", "chat.send", "staff"};
  CHECK(find_nearest("meeting.recrod", names) == "meeting.record");
  CHECK(find_nearest("Staff", names) == "staff");
  CHECK(find_nearest("stuf", names) == std::nullopt);
  CHECK(find_nearest("stafff", names) == "staff");
  CHECK(find_nearest("zzz", names) == std::nullopt);
  CHECK(find_nearest("", names) == std::nullopt);
  const std::array<std::string_view, 2> tie{"abd", "abc"};
  CHECK(find_nearest("abx", tie) == "abc");
}

}  // namespace base_text_test
