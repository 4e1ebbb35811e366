/** Entry of the page `/explorer`: asks for an API key, then shows GraphiQL over the API of the same hub. */
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './explorer.css';
import './editor-workers.ts';
import { Explorer } from './explorer.tsx';

createRoot(document.getElementById('explorer')!).render(<Explorer />);
