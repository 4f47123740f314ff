// The words of Farol.
//
// The compiler reads text with a scanner of its own (src/syntax/scanner.cpp), because the lexer that ANTLR makes of this
// file costs twenty times as much. This file is the definition all the same: a test and a fuzzer hold the scanner equal
// to it, token by token. The numbers of the tokens are those of src/syntax/tokens.def, which a static_assert checks.
//
// Every text has a tokenization: what fits nothing is an ERROR_CHAR, and the parser says what is wrong with it.
lexer grammar FarolLexer;

import FarolUnicode;

channels { DOCUMENTATION }

// Words of checks, and of nothing else: the token stream makes them of a NAME inside a `check`, so that everywhere else
// they can name something.
tokens { WHERE, SOME, NO, COUNT, LEAST, BEFORE, AFTER }

// --- Words that start a statement, in the order of the language reference ---

FAROL      : 'farol' ;
POLICY     : 'policy' ;
USE        : 'use' ;
INCLUDE    : 'include' ;
DROP       : 'drop' ;
TIERS      : 'tiers' ;
DATA       : 'data' ;
STORE      : 'store' ;
APP        : 'app' ;
GROUP      : 'group' ;
PLACE      : 'place' ;
DEPARTMENT : 'department' ;
ROLE       : 'role' ;
FEATURE    : 'feature' ;
CONTEXT    : 'context' ;
CONTROL    : 'control' ;
CONDITION  : 'condition' ;
ROLES      : 'roles' ;
FEATURES   : 'features' ;
OBJECTS    : 'objects' ;
BIND       : 'bind' ;
ALLOW      : 'allow' ;
DENY       : 'deny' ;
FORBID     : 'forbid' ;
ONLY       : 'only' ;
NEVER      : 'never' ;
ALWAYS     : 'always' ;
REQUIRE    : 'require' ;
SEPARATE   : 'separate' ;
TEST       : 'test' ;
WAIVE      : 'waive' ;
CHECK      : 'check' ;

// --- Words inside a statement ---

PACK       : 'pack' ;
INHERITS   : 'inherits' ;
FINAL      : 'final' ;
TO         : 'to' ;
ON         : 'on' ;
WHEN       : 'when' ;
REQUIRING  : 'requiring' ;
FROM       : 'from' ;
UNTIL      : 'until' ;
BECAUSE    : 'because' ;
KEPT       : 'kept' ;
BY         : 'by' ;
EVERYONE   : 'everyone' ;
ANYONE     : 'anyone' ;
EXACTLY    : 'exactly' ;
EVERYTHING : 'everything' ;
ALL        : 'all' ;
BELOW      : 'below' ;
ABOVE      : 'above' ;
EXCEPT     : 'except' ;
IS         : 'is' ;
NOT        : 'not' ;
AND        : 'and' ;
OR         : 'or' ;
FOR        : 'for' ;
AT         : 'at' ;
MOST       : 'most' ;
EXPECT     : 'expect' ;
NONE       : 'none' ;
INSTEAD    : 'instead' ;

// --- Names ---
// A key, a wildcard and a range are one token each, so that the parser needs to see one token only.

BECAUSE_IN : 'because.' IDENTIFIER ;              // a reason in one language: `because.zh-Hant`
NAME       : DOTTED ;                             // `staff`, `meeting.record`, `MO-XFER-001`
KEY        : DOTTED BLANK* [:\uFF1A] ;            // `title.zh-Hant:`, and what a declaration or label names before its colon
WILDCARD   : DOTTED '.*' ;                        // `meeting.*`
RANGE      : DOTTED '..' DOTTED ;                 // `internal..restricted`

// --- Literals ---

STRING              : '"' ( ESCAPE | ~["\\\r\n] )* '"' ;
UNTERMINATED_STRING : '"' ( ESCAPE | ~["\\\r\n] )* '\\'? ;
// The curly quotes of an input method: read as a string, and reported with the repair.
CURLY_STRING        : CURLY ( ESCAPE | CURLY_TEXT )* ( CURLY | '"' ) -> type(STRING) ;

NUMBER       : DIGITS ( '.' DIGITS )* ;           // `84`, `2.5`, and the versions of libraries
DATE         : DIGITS '-' DIGITS '-' DIGITS ;     // that the day exists is checked when the tree is built
DURATION     : DIGITS BLANK+ UNIT ;               // `6 months`
BAD_DURATION : DIGITS BLANK+ UNIT NAME_CONTINUE+ -> type(ERROR_CHAR) ;

// --- Marks; the full-width form of each is read as the mark, and reported with the repair ---

LBRACE : [{\uFF5B] ;
RBRACE : [}\uFF5D] ;
LPAREN : [(\uFF08\u3014] ;
RPAREN : [)\uFF09\u3015] ;
COMMA  : [,\uFF0C\u3001\uFF64] ;
BAR    : [|\uFF5C] ;
LESS   : [<\uFF1C\u3008\u300A] ;
EQUALS : [=\uFF1D] ;

// --- What no tree holds ---

// `////` is an ordinary comment.
DOC_COMMENT          : '///' ( ~[/\r\n] ~[\r\n]* )? -> channel(DOCUMENTATION) ;
LINE_COMMENT         : '//' ~[\r\n]* -> skip ;
BLOCK_COMMENT        : '/*' ( ~'*' | '*'+ ~[*/] )* '*'+ '/' -> skip ;
UNTERMINATED_COMMENT : '/*' ( ~'*' | '*'+ ~[*/] )* '*'* ;
WHITE_SPACE          : ( [ \t\r\n\u00A0\u3000] | INVISIBLE )+ -> skip ;

ERROR_CHAR : . ;

fragment DOTTED     : SEGMENT ( '.' SEGMENT )* ;
fragment SEGMENT    : IDENTIFIER | '`' IDENTIFIER '`' ;
fragment IDENTIFIER : NAME_START NAME_CONTINUE* ;
fragment ESCAPE     : '\\' ~[\r\n] ;
fragment CURLY      : [\u00AB\u00BB\u201C-\u201F\u300C-\u300F\u301D-\u301F\uFF02\uFF62\uFF63] ;
fragment CURLY_TEXT : ~["\u00AB\u00BB\u201C-\u201F\u300C-\u300F\u301D-\u301F\uFF02\uFF62\uFF63\\\r\n] ;
fragment DIGITS     : [0-9]+ ;
fragment UNIT       : ( 'day' | 'week' | 'month' | 'year' ) 's'? ;
fragment BLANK      : [ \t] ;
