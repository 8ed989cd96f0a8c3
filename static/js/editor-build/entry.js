// What static/js/editor.js needs of TipTap, and nothing else: every export here ends up in the shipped bundle.
export { Editor, Extension } from "@tiptap/core";
export { Blockquote } from "@tiptap/extension-blockquote";
export { Bold } from "@tiptap/extension-bold";
export { Document } from "@tiptap/extension-document";
export { HardBreak } from "@tiptap/extension-hard-break";
export { Heading } from "@tiptap/extension-heading";
export { Image } from "@tiptap/extension-image";
export { Italic } from "@tiptap/extension-italic";
export { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
export { Paragraph } from "@tiptap/extension-paragraph";
export { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
export { Text } from "@tiptap/extension-text";
export { Underline } from "@tiptap/extension-underline";
export { Dropcursor, Gapcursor, Placeholder, UndoRedo } from "@tiptap/extensions";
