import CheckIcon from '@atlaskit/icon/core/check-mark';
import CopyIcon from '@atlaskit/icon/core/copy';
import { useRef, useState } from 'react';
import { Action } from './action';

/** Text to take along. Where the product refuses the clipboard, the text is selected instead. */
export function CopyBlock({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState<'copied' | 'selected'>();
  const block = useRef<HTMLPreElement>(null);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied('copied'),
      () => {
        if (block.current !== null) window.getSelection()?.selectAllChildren(block.current);
        setCopied('selected');
      },
    );
  };
  return (
    <div className="copy-block">
      <pre ref={block} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <div className="copy-row">
        <Action spacing="compact" icon={copied === undefined ? CopyIcon : CheckIcon} onClick={copy}>
          {copied === undefined ? 'Copy' : copied === 'copied' ? 'Copied' : 'Selected: copy with your keyboard'}
        </Action>
      </div>
    </div>
  );
}
